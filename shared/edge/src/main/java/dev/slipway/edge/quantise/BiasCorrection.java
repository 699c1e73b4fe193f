package dev.slipway.edge.quantise;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.tflite.BuiltinOperator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far rounding the weights moves the mean of each output channel, given the mean of each input channel. */
final class BiasCorrection {
    private BiasCorrection() {}

    /** For the outputs of those operations for which it is known: what to take off each bias. */
    static Map<EdgeValue, double[]> of(Map<EdgeOperation, KernelRule> rules, Calibration calibration) {
        Map<EdgeValue, double[]> corrections = new HashMap<>();
        rules.forEach((operation, rule) -> {
            if (rule.weights().isPresent() && operation.operator() != BuiltinOperator.TRANSPOSE_CONV) {
                EdgeValue weights = operation.input(rule.weights().getAsInt());
                calibration
                        .channelMeans(operation.input(rule.activations().get(0)))
                        .ifPresent(
                                means -> corrections.put(operation.output(), shift(operation, rule, weights, means)));
            }
        });
        return corrections;
    }

    private static double[] shift(EdgeOperation operation, KernelRule rule, EdgeValue weights, double[] means) {
        float[] exact = weights.floats();
        EdgeValue rounded = SymmetricWeights.of(weights, rule.weightAxis());
        List<Float> scales = rounded.quantization().orElseThrow().scales();
        byte[] integers = new byte[exact.length];
        rounded.data().orElseThrow().get(integers);
        List<Integer> shape = weights.shape();
        int last = shape.get(shape.size() - 1);
        boolean depthwise = operation.operator() == BuiltinOperator.DEPTHWISE_CONV_2D;
        int filters = depthwise ? last : shape.get(0);
        int perFilter = exact.length / filters;
        double[] shift = new double[filters];
        for (int i = 0; i < exact.length; i++) {
            int filter = depthwise ? i % last : i / perFilter;
            int channel = depthwise
                    ? filter / Math.max(1, filters / means.length)
                    // A group of filters sees its own part of the channels.
                    : i % last + last * (filter * (means.length / last) / filters);
            double error = integers[i] * (double) scales.get(filter) - exact[i];
            shift[filter] += error * means[channel];
        }
        return shift;
    }
}
