package dev.slipway.edge.quantise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.tflite.TensorData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The outputs of a float graph on some samples, to compare those of other graphs with. */
final class OutputCosines {
    /** What is kept in memory. */
    private static final int MOST_SAMPLES = 8;

    private final CalibrationData samples;
    private final double tolerance;
    private final Map<String, List<double[]>> expected = new HashMap<>();

    /** @param tolerance error, relative to magnitudes above 1, below which the direction of an output says nothing */
    OutputCosines(EdgeGraph floats, CalibrationData data, double tolerance) {
        this.tolerance = tolerance;
        this.samples = data.first(MOST_SAMPLES);
        ExposedRuns.outputs(floats, samples, (name, output) -> expected.computeIfAbsent(name, key -> new ArrayList<>())
                .add(numbers(output)));
    }

    /** The least cosine, -1 to 1, of any output of the graph, taken over all samples as one vector; 1 for those in tolerance. */
    double least(EdgeGraph graph) {
        Map<String, Sums> sums = new HashMap<>();
        ExposedRuns.outputs(graph, samples, (name, output) -> sums.computeIfAbsent(name, key -> new Sums())
                .add(expected.get(name), numbers(output)));
        return sums.values().stream()
                .mapToDouble(sum -> sum.cosine(tolerance))
                .min()
                .orElse(1);
    }

    private static double[] numbers(TensorData tensor) {
        ByteBuffer from = tensor.data();
        double[] numbers = new double[tensor.elements()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = switch (tensor.type()) {
                case FLOAT32 -> from.getFloat();
                case INT32, UINT32 -> from.getInt();
                case INT64, UINT64 -> from.getLong();
                case INT16, UINT16 -> from.getShort();
                default -> from.get();
            };
        }
        return numbers;
    }

    /** Of one output. */
    private static final class Sums {
        private int sample;
        private double product;
        private double signal;
        private double other;
        private double largest = 1;
        private double error;

        void add(List<double[]> expected, double[] actual) {
            double[] wanted = expected.get(sample);
            sample++;
            if (wanted.length != actual.length) {
                other = Double.NaN;
                return;
            }
            for (int i = 0; i < actual.length; i++) {
                largest = Math.max(largest, Math.abs(wanted[i]));
                error = Math.max(error, Math.abs(wanted[i] - actual[i]));
                product += wanted[i] * actual[i];
                signal += wanted[i] * wanted[i];
                other += actual[i] * actual[i];
            }
        }

        double cosine(double tolerance) {
            if (error <= tolerance * largest && !Double.isNaN(other)) {
                return 1;
            }
            if (signal == 0 || other == 0) {
                return signal == other ? 1 : 0;
            }
            double cosine = product / Math.sqrt(signal) / Math.sqrt(other);
            return Double.isNaN(cosine) ? -1 : cosine;
        }
    }
}
