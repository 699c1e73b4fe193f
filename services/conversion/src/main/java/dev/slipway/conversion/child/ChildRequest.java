package dev.slipway.conversion.child;

import dev.slipway.api.conversion.Layout;
import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.Target;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * What a child is to do.
 *
 * @param calibrated whether there are samples to find ranges on
 * @param sampleShape the shape of the random samples to verify on; null when the folder holds a test split
 * @param tolerance the greatest absolute error of any output against the ONNX model, over the test split
 * @param model what reports call the model
 * @param converter what reports call the version of the converter
 */
@Serdeable
public record ChildRequest(
        Target target,
        Precision precision,
        Layout layout,
        boolean calibrated,
        @Nullable List<Integer> sampleShape,
        double tolerance,
        String model,
        String converter) {}
