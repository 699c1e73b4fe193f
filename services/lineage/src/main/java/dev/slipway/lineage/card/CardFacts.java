package dev.slipway.lineage.card;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.monitoring.DriftReport;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunData;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.DriftReportId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.RunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a card tells.
 *
 * @param tags of the version, with those of its model behind them
 * @param data what it was trained on, by the number and name of each
 * @param run that trained it, if it is one of ours
 * @param conversions newest first
 * @param channels that deliver it, by name
 * @param drift what was found of it in production, newest first
 * @param upstream what it was made of, nearest first
 */
record CardFacts(
        Model model,
        Entity<ModelVersionId, ModelVersion> version,
        Map<String, String> tags,
        List<Data> data,
        Optional<Training> run,
        List<Entity<ConversionId, Conversion>> conversions,
        List<Delivered> channels,
        List<Entity<DriftReportId, DriftReport>> drift,
        List<EntityRef> upstream) {
    /** A version of a dataset. */
    record Data(String dataset, Entity<DatasetVersionId, DatasetVersion> version) {}

    /**
     * A run and what was logged to it.
     *
     * @param experiment its name
     */
    record Training(Entity<RunId, Run> run, String experiment, RunData data) {}

    /** A channel and the number of its release. */
    record Delivered(String channel, int release) {}

    String name() {
        return model.name();
    }

    int number() {
        return version.body().number();
    }

    /** What people wrote of the version, or of its model. */
    Optional<String> description() {
        return Optional.ofNullable(version.body().details().description())
                .filter(text -> !text.isBlank())
                .or(() -> Optional.ofNullable(model.description()).filter(text -> !text.isBlank()));
    }

    Optional<String> tag(CardTag tag) {
        return tag.keys().stream()
                .map(tags::get)
                .filter(text -> text != null && !text.isBlank())
                .findFirst();
    }
}
