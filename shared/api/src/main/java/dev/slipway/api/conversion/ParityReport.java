package dev.slipway.api.conversion;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * The converted model against ONNX Runtime on the ONNX model, over the test split, or over random samples when nobody has told
 * what the model was trained on.
 *
 * @param samples how many inputs were compared
 * @param maxAbsoluteError over all outputs of all samples
 * @param meanAbsoluteError over all outputs of all samples
 * @param agreement the share of samples for which both name the same class, 0 to 1
 * @param accuracy of the converted model on the test split, 0 to 1; null for random samples, which nobody has labelled
 * @param sourceAccuracy of the ONNX model on the test split, 0 to 1; null likewise
 * @param tolerance what the greatest absolute error may be
 * @param cosine of the angle between both models' outputs over all samples, -1 to 1; null in reports of old
 * @param minimumCosine what the cosine must be at least, which for precisions below FP32 counts instead of the tolerance;
 *     null for FP32
 * @param passed whether the file is close enough
 */
@Serdeable
public record ParityReport(
        int samples,
        double maxAbsoluteError,
        double meanAbsoluteError,
        double agreement,
        @Nullable Double accuracy,
        @Nullable Double sourceAccuracy,
        double tolerance,
        @Nullable Double cosine,
        @Nullable Double minimumCosine,
        boolean passed) {}
