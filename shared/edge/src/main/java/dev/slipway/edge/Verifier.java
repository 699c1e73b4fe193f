package dev.slipway.edge;

import dev.slipway.edge.probe.SampleInputs;
import dev.slipway.edge.probe.Symbols;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxReader;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.run.OnnxSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares a converted model, run by its own runtime, with the ONNX model, run by ONNX Runtime. */
public final class Verifier {

    /** Compares on seeded samples at the batch sizes of the options. */
    public ParityReport verify(byte[] onnx, byte[] converted, ConversionOptions options) {
        return verify(onnx, converted, options, samples(OnnxReader.read(onnx), options));
    }

    /** Compares on these inputs, each a tensor for every input name. */
    public ParityReport verify(
            byte[] onnx, byte[] converted, ConversionOptions options, List<Map<String, OnnxTensor>> samples) {
        try (OnnxSession reference = OnnxSession.open(onnx);
                EdgeRunner runner = EdgeRunner.open(options.target(), converted).in(options.layout())) {
            Map<String, ParityCounter> counters = new LinkedHashMap<>();
            for (Map<String, OnnxTensor> sample : samples) {
                compare(reference.evaluate(sample), runner.evaluate(sample), counters);
            }
            return new ParityReport(
                    options.target(),
                    samples.size(),
                    options.tolerance(),
                    counters.values().stream().map(ParityCounter::result).toList());
        }
    }

    private static void compare(
            Map<String, OnnxTensor> expected, Map<String, OnnxTensor> actual, Map<String, ParityCounter> counters) {
        if (!actual.keySet().equals(expected.keySet())) {
            throw SlipwayException.invalid(
                    "edge.parity",
                    "The converted model has the outputs " + actual.keySet() + ", but the ONNX model "
                            + expected.keySet() + ".");
        }
        expected.forEach((name, tensor) ->
                counters.computeIfAbsent(name, ParityCounter::new).add(tensor, actual.get(name)));
    }

    private static List<Map<String, OnnxTensor>> samples(OnnxModel model, ConversionOptions options) {
        if (!options.samples().isEmpty()) {
            return options.samples();
        }
        Symbols symbols = new Symbols(model);
        List<Map<String, OnnxTensor>> samples = new ArrayList<>();
        for (int batch : options.batchSizes()) {
            // A seed of its own for each run, or all would begin with the same rows.
            samples.add(SampleInputs.of(model, symbols, symbols.batch(batch), options.seed() + batch));
        }
        return samples;
    }
}
