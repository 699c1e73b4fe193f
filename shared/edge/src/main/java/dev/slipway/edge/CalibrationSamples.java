package dev.slipway.edge;

import dev.slipway.edge.data.SampleSource;
import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.quantise.CalibrationData;
import dev.slipway.edge.quantise.IntegerQuantiser;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.TensorData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The samples to calibrate with, as the converted model takes them. */
final class CalibrationSamples implements CalibrationData {
    static final String RANDOM =
            "Ranges were found on random inputs, as no calibration data was given: on real data the"
                    + " model may be much less accurate.";

    /** How many samples a result is verified with at most. */
    static final int MOST_VERIFIED = 16;

    private final SampleSource source;
    private final int most;
    private final Layout layout;

    private CalibrationSamples(SampleSource source, ConversionOptions options) {
        this.source = source;
        this.most = options.quantisation().mostSamples();
        this.layout = options.layout();
    }

    /** Those of the options or, without any, random ones, of which a warning is added. */
    static CalibrationSamples of(OnnxModel model, EdgeGraph graph, ConversionOptions options, List<String> warnings) {
        if (options.quantisation().calibration().isPresent()) {
            return new CalibrationSamples(options.quantisation().calibration().get(), options);
        }
        if (!options.samples().isEmpty()) {
            return new CalibrationSamples(SampleSource.of(options.samples()), options);
        }
        warnings.add(RANDOM);
        return random(model, graph, options, RandomSamples.ROUNDS);
    }

    /** The samples to verify the result with: ranges hold for inputs such as those calibrated with, not for any. */
    List<Map<String, OnnxTensor>> verification(OnnxModel model, EdgeGraph graph, ConversionOptions options) {
        if (!options.samples().isEmpty()) {
            return options.samples();
        }
        SampleSource others = options.quantisation().calibration().isPresent()
                ? source
                : random(model, graph, options.withSeed(-options.seed()), 1).source;
        return others.first(MOST_VERIFIED);
    }

    private static CalibrationSamples random(OnnxModel model, EdgeGraph graph, ConversionOptions options, int rounds) {
        List<Map<String, OnnxTensor>> samples = new ArrayList<>();
        RandomSamples.forEach(model, options, rounds, (inputs, outputs) -> samples.add(inputs));
        CalibrationSamples all = new CalibrationSamples(SampleSource.of(samples), options);
        List<Map<String, OnnxTensor>> usable = new ArrayList<>();
        // At the least sizes a window may find nothing to look at, which makes NaN.
        IntegerQuantiser.withNumbers(graph, all).forEach(number -> usable.add(samples.get(number)));
        return usable.isEmpty() ? all : new CalibrationSamples(SampleSource.of(usable), options);
    }

    @Override
    public void forEach(Consumer<Map<String, TensorData>> consumer) {
        try (var samples = source.samples()) {
            samples.limit(most).forEach(sample -> {
                Map<String, TensorData> converted = new LinkedHashMap<>();
                sample.forEach((name, tensor) -> converted.put(name, EdgeTensors.toTflite(moved(tensor))));
                consumer.accept(converted);
            });
        }
    }

    @Override
    public int size() {
        return Math.min(most, source.size());
    }

    private OnnxTensor moved(OnnxTensor tensor) {
        int rank = tensor.shape().size();
        return layout.moves(rank) ? EdgeTensors.transposed(tensor, Permutation.toChannelsLast(rank)) : tensor;
    }
}
