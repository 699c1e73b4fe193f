package dev.slipway.monitoring;

import dev.slipway.api.monitoring.LogPredictions;
import dev.slipway.api.monitoring.LoggedPrediction;
import dev.slipway.api.monitoring.Monitor;
import dev.slipway.api.monitoring.PredictionBatch;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.PredictionBatchId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Logs predictions: one artifact, one batch entity and one claim per key, together or not at all. A batch that was logged
 * before, bit for bit, is given again, so a device may repeat a request whose answer it has not seen; any other second
 * use of a key is a conflict.
 */
@Singleton
final class PredictionLog {
    static final int MAX_PREDICTIONS = 1000;

    private final Entities entities;
    private final ProductionModels models;
    private final PredictionFiles files;
    private final PredictionKeys keys;

    PredictionLog(Entities entities, ProductionModels models, PredictionFiles files, PredictionKeys keys) {
        this.entities = entities;
        this.models = models;
        this.files = files;
        this.keys = keys;
    }

    Entity<PredictionBatchId, StoredBatch> log(MonitorId id, LogPredictions request) {
        List<LoggedPrediction> predictions = request.predictions();
        Limits.checkCount("predictions", predictions, MAX_PREDICTIONS);
        Limits.checkPresent("The request", request.modelVersion());
        Monitor monitor = entities.get(MonitoringKinds.MONITOR, id).body();
        PredictionCheck.check(predictions, models.version(monitor, request.modelVersion()));

        PredictionBatch batch = new PredictionBatch(
                id,
                request.modelVersion(),
                files.write(predictions),
                predictions.size(),
                0,
                0,
                null,
                predictions.stream()
                        .mapToLong(LoggedPrediction::timestamp)
                        .min()
                        .orElseThrow(),
                predictions.stream()
                        .mapToLong(LoggedPrediction::timestamp)
                        .max()
                        .orElseThrow());
        Change change = entities.change();
        PredictionBatchId batchId = entities.newId(PredictionBatchId::new);
        var created = change.create(MonitoringKinds.BATCH, batchId, new StoredBatch(batch, null));
        predictions.forEach(prediction -> change.take(PredictionKeys.claim(id, prediction.key()), batchId));
        change.event(
                "prediction-batch.logged",
                EntityRef.of(EntityType.PREDICTION_BATCH, batchId),
                Map.of("monitor", id.value()));
        try {
            change.commit();
            return created;
        } catch (SlipwayException e) {
            if (!e.code().equals("store.claim-taken")) {
                throw e;
            }
            return loggedBefore(id, batch, predictions, e);
        }
    }

    private Entity<PredictionBatchId, StoredBatch> loggedBefore(
            MonitorId id, PredictionBatch batch, List<LoggedPrediction> predictions, SlipwayException taken) {
        for (LoggedPrediction prediction : predictions) {
            Optional<PredictionBatchId> earlier = keys.find(id, prediction.key());
            if (earlier.isPresent()) {
                var logged = entities.get(MonitoringKinds.BATCH, earlier.get());
                if (same(logged.body().batch(), batch)) {
                    return logged;
                }
                throw SlipwayException.conflict(
                        "monitoring.duplicate-prediction",
                        "A prediction with key '" + prediction.key() + "' was logged before, in batch " + earlier.get()
                                + ", and this is not the same batch sent again; nothing was logged. Give each"
                                + " prediction a key of its own.");
            }
        }
        throw taken;
    }

    private static boolean same(PredictionBatch logged, PredictionBatch sent) {
        Digest digest = logged.predictions();
        return digest.equals(sent.predictions()) && logged.modelVersion().equals(sent.modelVersion());
    }
}
