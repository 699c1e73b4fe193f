package dev.slipway.tflite.run;

import dev.slipway.tflite.BuiltinOperator;
import java.time.Duration;

/**
 * How long an operator takes.
 *
 * @param index its place in the model's entry, from 0
 * @param outputName the name of the first tensor that it makes
 * @param duration the median of several runs
 */
public record OperatorTime(int index, BuiltinOperator operator, String outputName, Duration duration) {}
