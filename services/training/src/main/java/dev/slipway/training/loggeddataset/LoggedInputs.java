package dev.slipway.training.loggeddataset;

import dev.slipway.api.training.Param;
import dev.slipway.kernel.id.LoggedDatasetId;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.Facet;
import dev.slipway.training.Parts;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads what runs used and made. */
@Singleton
public final class LoggedInputs {
    private final Entities entities;
    private final InputTags tags;

    LoggedInputs(Entities entities, InputTags tags) {
        this.entities = entities;
        this.tags = tags;
    }

    /** A data set that a run used. */
    public record Used(LoggedDataset dataset, List<Param> tags) {}

    /** What one run used and made. */
    public record OfRun(List<Used> datasets, List<LoggedModelId> models, List<RunInputs.Output> outputs) {}

    /** What the facets of runs say that they used and made; runs without any are left out. */
    public Map<RunId, OfRun> of(Map<RunId, List<Facet>> facets) {
        Map<LoggedDatasetId, LoggedDataset> datasets = datasets(facets.values());
        Map<RunId, OfRun> found = new HashMap<>();
        facets.forEach((run, own) -> {
            OfRun inputs = new OfRun(used(own, datasets), models(own), outputs(own));
            if (!inputs.datasets().isEmpty()
                    || !inputs.models().isEmpty()
                    || !inputs.outputs().isEmpty()) {
                found.put(run, inputs);
            }
        });
        return found;
    }

    private Map<LoggedDatasetId, LoggedDataset> datasets(Collection<List<Facet>> facets) {
        List<LoggedDatasetId> ids = facets.stream()
                .flatMap(List::stream)
                .filter(RunFacets::isInput)
                .map(RunFacets::dataset)
                .distinct()
                .toList();
        Map<LoggedDatasetId, LoggedDataset> datasets = new HashMap<>();
        Parts.each(ids, part -> entities.getAll(LoggedDatasetKinds.DATASET, part))
                .forEach(dataset -> datasets.put(dataset.id(), dataset.body()));
        return datasets;
    }

    private List<Used> used(List<Facet> facets, Map<LoggedDatasetId, LoggedDataset> datasets) {
        return those(facets, RunFacets::isInput)
                .map(input -> new Used(
                        datasets.get(RunFacets.dataset(input)),
                        tags.read(input.value().text())))
                .toList();
    }

    private static List<LoggedModelId> models(List<Facet> facets) {
        return those(facets, RunFacets::isModelInput).map(RunFacets::modelInput).toList();
    }

    private static List<RunInputs.Output> outputs(List<Facet> facets) {
        return those(facets, RunFacets::isModelOutput)
                .map(output -> new RunInputs.Output(RunFacets.modelOutput(output), output.step()))
                .toList();
    }

    /** Ids are in the order of their making. */
    private static Stream<Facet> those(List<Facet> facets, Predicate<Facet> kind) {
        return facets.stream().filter(kind).sorted(Comparator.comparing(Facet::key));
    }
}
