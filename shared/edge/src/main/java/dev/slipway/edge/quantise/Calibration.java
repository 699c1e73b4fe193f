package dev.slipway.edge.quantise;

import dev.slipway.edge.ConversionListener;
import dev.slipway.edge.ConversionStep;
import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.tflite.TensorData;
import dev.slipway.tflite.TensorType;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was seen of every float value of a graph on typical inputs. */
final class Calibration {
    private final Map<EdgeValue, Histogram> histograms;
    private final Map<EdgeValue, double[]> channelMeans;

    private Calibration(Map<EdgeValue, Histogram> histograms, Map<EdgeValue, double[]> channelMeans) {
        this.histograms = histograms;
        this.channelMeans = channelMeans;
    }

    /** Runs the graph; fails with {@code edge.calibration} if a value is not a number, naming it. */
    static Calibration of(EdgeGraph graph, CalibrationData samples, ConversionListener listener) {
        Map<EdgeValue, Histogram> histograms = new HashMap<>();
        Map<EdgeValue, ChannelSums> sums = new HashMap<>();
        Map<String, EdgeValue> inputs = new LinkedHashMap<>();
        for (EdgeValue input : graph.inputs()) {
            if (input.type() == TensorType.FLOAT32) {
                inputs.put(input.name(), input);
            }
        }
        samples.forEach(sample -> inputs.forEach((name, input) -> {
            TensorData data = Optional.ofNullable(sample.get(name))
                    .orElseThrow(() -> SlipwayException.invalid(
                            "edge.calibration",
                            "A calibration sample has no tensor for the input '" + name + "', only for "
                                    + sample.keySet() + "."));
            add(input, data, histograms, sums);
            if (histograms.get(input).isUnbounded()) {
                throw unusable(input, "a calibration sample contains numbers that are not finite");
            }
        }));
        List<EdgeValue> values = new ArrayList<>();
        for (EdgeOperation operation : graph.operations()) {
            operation.outputs().stream()
                    .filter(output -> output.type() == TensorType.FLOAT32)
                    .forEach(values::add);
        }
        CalibrationData counted =
                new CountedRuns(samples, ExposedRuns.passes(values.size()), listener, ConversionStep.CALIBRATE);
        ExposedRuns.run(graph, values, counted, (value, data) -> add(value, data, histograms, sums));
        histograms.forEach((value, histogram) -> {
            if (histogram.hasNotANumber()) {
                throw unusable(value, "it contains NaN on the calibration samples");
            }
        });
        Map<EdgeValue, double[]> means = new HashMap<>();
        sums.forEach((value, sum) -> means.put(value, sum.means()));
        return new Calibration(histograms, means);
    }

    private static void add(
            EdgeValue value, TensorData data, Map<EdgeValue, Histogram> histograms, Map<EdgeValue, ChannelSums> sums) {
        FloatBuffer numbers = data.data().asFloatBuffer();
        histograms.computeIfAbsent(value, key -> new Histogram()).add(numbers.duplicate());
        if (value.rank() > 1 && value.shape().get(value.rank() - 1) > 0) {
            sums.computeIfAbsent(value, key -> new ChannelSums(key.shape().get(key.rank() - 1)))
                    .add(numbers.duplicate());
        }
    }

    /** Whether the value was seen and all of it is finite. */
    boolean knows(EdgeValue value) {
        return histograms.containsKey(value) && !histograms.get(value).isUnbounded();
    }

    Range range(EdgeValue value, RangeMethod method, double levels) {
        return histograms.get(value).range(method, levels);
    }

    /** The mean of each place of the last axis. */
    Optional<double[]> channelMeans(EdgeValue value) {
        return Optional.ofNullable(channelMeans.get(value));
    }

    private static SlipwayException unusable(EdgeValue value, String why) {
        return SlipwayException.invalid(
                "edge.calibration",
                "The value '" + value.name() + "' can't be calibrated: " + why
                        + ". Repair the samples or the model's weights.");
    }

    /** Sums of a value by its last axis. */
    private static final class ChannelSums {
        private final double[] sums;
        private long rows;

        ChannelSums(int channels) {
            this.sums = new double[channels];
        }

        void add(FloatBuffer numbers) {
            while (numbers.remaining() >= sums.length) {
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += numbers.get();
                }
                rows++;
            }
        }

        double[] means() {
            double[] means = sums.clone();
            for (int i = 0; i < means.length; i++) {
                means[i] /= Math.max(rows, 1);
            }
            return means;
        }
    }
}
