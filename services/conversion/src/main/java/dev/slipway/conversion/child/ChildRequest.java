package dev.slipway.conversion.child;

import dev.slipway.api.conversion.Layout;
import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.Target;
import io.micronaut.serde.annotation.Serdeable;

/**
 * What a child is to do.
 *
 * @param calibrated whether there are samples to find ranges on
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
        double tolerance,
        String model,
        String converter) {}
