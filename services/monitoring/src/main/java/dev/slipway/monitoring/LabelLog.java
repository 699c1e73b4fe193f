package dev.slipway.monitoring;

import dev.slipway.api.monitoring.LogLabels;
import dev.slipway.api.monitoring.PredictionBatch;
import dev.slipway.api.monitoring.TrueLabel;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.PredictionBatchId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Joins true labels to the predictions they belong to. All labels of a request are taken or none; the same label again
 * changes nothing, another label for the same key replaces the earlier one.
 */
@Singleton
final class LabelLog {
    private static final int MAX_LABELS = 1000;

    private final Entities entities;
    private final ProductionModels models;
    private final PredictionFiles files;
    private final PredictionKeys keys;

    LabelLog(Entities entities, ProductionModels models, PredictionFiles files, PredictionKeys keys) {
        this.entities = entities;
        this.models = models;
        this.files = files;
        this.keys = keys;
    }

    void log(MonitorId monitor, LogLabels request) {
        Limits.checkCount("labels", request.labels(), MAX_LABELS);
        entities.get(MonitoringKinds.MONITOR, monitor);
        Map<PredictionBatchId, Map<String, String>> byBatch = group(monitor, request.labels());
        Retries.onConflict(() -> join(byBatch));
    }

    private Map<PredictionBatchId, Map<String, String>> group(MonitorId monitor, List<TrueLabel> labels) {
        Map<PredictionBatchId, Map<String, String>> byBatch = new LinkedHashMap<>();
        for (TrueLabel label : labels) {
            Limits.checkPresent("A label", label);
            Limits.checkPresent("A label", label.label());
            Limits.checkText("monitoring.key", "A prediction's key", label.key());
            PredictionBatchId batch = keys.find(monitor, label.key())
                    .orElseThrow(() -> SlipwayException.notFound(
                            "monitoring.unknown-prediction",
                            "No prediction with key '" + label.key()
                                    + "' was ever logged to this monitor; none of the labels was taken."));
            String other =
                    byBatch.computeIfAbsent(batch, key -> new HashMap<>()).put(label.key(), label.label());
            if (other != null && !other.equals(label.label())) {
                throw SlipwayException.invalid(
                        "monitoring.key",
                        "The key '" + label.key() + "' stands twice in the request, with different labels.");
            }
        }
        return byBatch;
    }

    /** Returns how many batches have changed. */
    private int join(Map<PredictionBatchId, Map<String, String>> byBatch) {
        List<Entity<PredictionBatchId, StoredBatch>> batches = entities.getAll(MonitoringKinds.BATCH, byBatch.keySet());
        Map<ModelVersionId, ModelVersion> versions = models.versions(batches.stream()
                .map(batch -> batch.body().batch().modelVersion())
                .collect(Collectors.toSet()));
        Change change = entities.change();
        int changed = 0;
        for (Entity<PredictionBatchId, StoredBatch> batch : batches) {
            PredictionBatch before = batch.body().batch();
            Map<String, String> added = byBatch.get(batch.id());
            checkLabels(added, versions.get(before.modelVersion()), before.modelVersion());
            PredictionBatch after = labelled(before, added);
            if (!after.equals(before)) {
                changed++;
                change.update(MonitoringKinds.BATCH, batch.with(body -> body.with(after)));
                change.event(
                        "prediction-batch.labelled",
                        EntityRef.of(EntityType.PREDICTION_BATCH, batch.id()),
                        Map.of("monitor", before.monitor().value()));
            }
        }
        if (changed > 0) {
            change.commit();
        }
        return changed;
    }

    private static void checkLabels(Map<String, String> labels, ModelVersion version, ModelVersionId id) {
        if (version == null) {
            throw SlipwayException.notFound(
                    "monitoring.unknown-model-version",
                    "Model version " + id + ", which made these predictions, is gone.");
        }
        labels.forEach((key, label) -> PredictionCheck.checkLabel("The label of '" + key + "': ", label, version));
    }

    private PredictionBatch labelled(PredictionBatch batch, Map<String, String> added) {
        Map<String, String> labels = new HashMap<>(files.readLabels(batch.labels()));
        labels.putAll(added);
        int[] correct = {0};
        files.read(batch.predictions(), prediction -> {
            if (prediction.label().equals(labels.get(prediction.key()))) {
                correct[0]++;
            }
        });
        return new PredictionBatch(
                batch.monitor(),
                batch.modelVersion(),
                batch.predictions(),
                batch.count(),
                labels.size(),
                correct[0],
                files.writeLabels(labels),
                batch.from(),
                batch.to());
    }
}
