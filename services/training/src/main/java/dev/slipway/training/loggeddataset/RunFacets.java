package dev.slipway.training.loggeddataset;

import dev.slipway.kernel.id.LoggedDatasetId;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.training.HashedKey;

/** How a run's inputs and outputs stand in its facets. */
final class RunFacets {
    private static final String INPUT = "input/";
    private static final String MODEL_INPUT = "model-input/";
    private static final String MODEL_OUTPUT = "model-output/";
    private static final int ID = 32;

    private RunFacets() {}

    /**
     * What searches find.
     *
     * @param attribute {@code name}, {@code digest} or {@code context}
     */
    static Facet attribute(String attribute, String value) {
        return new Facet(FacetKind.DATASET, key(attribute, value), new Facet.Value.Text(value), 0, 0);
    }

    static String key(String attribute, String value) {
        return HashedKey.of(attribute, value);
    }

    /** @param tags as JSON */
    static Facet input(LoggedDatasetId dataset, String tags) {
        return new Facet(FacetKind.DATASET, INPUT + dataset, new Facet.Value.Text(tags), 0, 0);
    }

    static boolean isInput(Facet facet) {
        return facet.kind() == FacetKind.DATASET && facet.key().startsWith(INPUT);
    }

    static LoggedDatasetId dataset(Facet input) {
        return new LoggedDatasetId(input.key().substring(INPUT.length()));
    }

    static Facet input(LoggedModelId model) {
        return new Facet(FacetKind.ATTRIBUTE, MODEL_INPUT + model, new Facet.Value.Text(""), 0, 0);
    }

    static boolean isModelInput(Facet facet) {
        return facet.kind() == FacetKind.ATTRIBUTE && facet.key().startsWith(MODEL_INPUT);
    }

    static LoggedModelId modelInput(Facet input) {
        return new LoggedModelId(input.key().substring(MODEL_INPUT.length()));
    }

    static Facet output(LoggedModelId model, long step) {
        return new Facet(FacetKind.ATTRIBUTE, MODEL_OUTPUT + model + "/" + step, new Facet.Value.Text(""), step, 0);
    }

    static boolean isModelOutput(Facet facet) {
        return facet.kind() == FacetKind.ATTRIBUTE && facet.key().startsWith(MODEL_OUTPUT);
    }

    static LoggedModelId modelOutput(Facet output) {
        return new LoggedModelId(output.key().substring(MODEL_OUTPUT.length(), MODEL_OUTPUT.length() + ID));
    }
}
