package dev.slipway.monitoring;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.PredictionBatchId;
import dev.slipway.runtime.entity.Entities;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds the batch of a prediction by its key, through a claim per prediction. */
@Singleton
final class PredictionKeys {
    private final Entities entities;

    PredictionKeys(Entities entities) {
        this.entities = entities;
    }

    /** The claim of a key; a digest of it, because keys are any text. */
    static String claim(MonitorId monitor, String key) {
        return "prediction/" + monitor + "/" + Digest.of(key.getBytes(StandardCharsets.UTF_8));
    }

    Optional<PredictionBatchId> find(MonitorId monitor, String key) {
        return entities.claim(claim(monitor, key)).map(PredictionBatchId::new);
    }
}
