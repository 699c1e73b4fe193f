package dev.slipway.api.registry;

import dev.slipway.api.Required;
import dev.slipway.api.conversion.Target;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Set;

/**
 * What a version must fulfil before it may be released.
 *
 * @param minimumAccuracy on the pinned test set, 0 to 1
 * @param maximumParityError the greatest absolute error of any file against the ONNX model
 * @param maximumFileSize of any file, in bytes
 * @param maximumAccuracyLoss how much less accurate than the version in production it may be, on the pinned test set
 * @param targets the files it must have
 */
@Serdeable
public record GatePolicy(
        double minimumAccuracy,
        double maximumParityError,
        long maximumFileSize,
        double maximumAccuracyLoss,
        Set<Target> targets) {
    public static final GatePolicy DEFAULT =
            new GatePolicy(0.9, 1e-4, 50_000_000, 0.01, Set.of(Target.TFLITE, Target.ORT));

    public GatePolicy {
        Required.part("targets", targets);
    }
}
