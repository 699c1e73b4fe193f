package dev.slipway.conversion;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How conversions are made.
 *
 * @param tolerance the greatest absolute error of any output against the ONNX model, over the test split
 * @param maximumArtifactSize larger models and splits are refused, in bytes
 */
@ConfigurationProperties("slipway.conversion")
record ConversionSettings(
        @Bindable(defaultValue = "0.0001") double tolerance,
        @Bindable(defaultValue = "536870912") int maximumArtifactSize) {}
