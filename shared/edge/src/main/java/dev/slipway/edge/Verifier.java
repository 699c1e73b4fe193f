package dev.slipway.edge;

import dev.slipway.edge.quantise.QuantisationReport;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxReader;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.onnx.run.SessionSettings;
import dev.slipway.tflite.TfliteReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Compares a converted model, run by its own runtime, with the ONNX model, run by ONNX Runtime. */
public final class Verifier {
    private static final int MOST_THREADS = 4;
    private static final Set<String> ROUNDED_AT_RUN_TIME = Set.of("DynamicQuantizeLinear", "DynamicQuantizeMatMul");
    private static final double LEAST_OF_ROUNDED = 0.999;

    /** What the ONNX model makes of inputs. */
    private record Run(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {}

    private final ConversionListener listener;

    public Verifier() {
        this(ConversionListener.none());
    }

    /** Tells the listener how each comparison comes along. */
    public Verifier(ConversionListener listener) {
        this.listener = listener;
    }

    /** Compares at the options' samples or, without any, on seeded ones at several sizes. */
    public ParityReport verify(byte[] onnx, byte[] converted, ConversionOptions options) {
        return verify(OnnxReader.read(onnx), ByteBuffer.wrap(converted), options);
    }

    /** Compares on these inputs, each a tensor for every input name. */
    public ParityReport verify(
            byte[] onnx, byte[] converted, ConversionOptions options, List<Map<String, OnnxTensor>> samples) {
        return verify(onnx, converted, options.withSamples(samples));
    }

    /** Compares at the options' samples or, without any, on seeded ones at several sizes. */
    public ParityReport verify(OnnxModel model, ByteBuffer converted, ConversionOptions options) {
        int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        // Not optimised: it takes half the memory and no longer for a few runs, and no product of dequantised weights
        // is
        // computed in integers, up to 0.4 % off.
        SessionSettings settings = SessionSettings.faithful().withThreads(threads);
        List<Run> expected = new ArrayList<>();
        // One runtime after the other, so that the weights are not in memory for both at once.
        try (OnnxSession reference = OnnxSession.open(model, settings)) {
            VerificationSamples samples = new VerificationSamples(model, reference, options);
            listener.at(ConversionStep.VERIFY, 0, 2 * samples.most());
            samples.forEach((sample, outputs) -> {
                expected.add(new Run(sample, outputs));
                listener.at(ConversionStep.VERIFY, expected.size(), 2 * samples.most());
            });
        }
        try (EdgeRunner runner = EdgeRunner.open(options.target(), converted, threads)
                .withFloatBorder(converted)
                .in(options.layout())) {
            Map<String, ParityCounter> counters = new LinkedHashMap<>();
            int done = expected.size();
            for (Run run : expected) {
                compare(run.outputs(), runner.evaluate(run.inputs()), counters);
                listener.at(ConversionStep.VERIFY, ++done, 2 * expected.size());
            }
            return new ParityReport(
                    options.target(),
                    expected.size(),
                    options.tolerance(),
                    leastCosine(model, options),
                    counters.values().stream().map(ParityCounter::result).toList());
        }
    }

    /**
     * Where ranges are found at run time and one rounding follows another, the last bit of a float may decide a whole step of
     * 8 bits, so that no two runtimes agree within a tolerance of floats.
     */
    private static OptionalDouble leastCosine(OnnxModel model, ConversionOptions options) {
        long roundings = model.graph().nodes().stream()
                .filter(node -> ROUNDED_AT_RUN_TIME.contains(node.operator()))
                .count();
        return options.minimumCosine().isEmpty() && roundings > 1
                ? OptionalDouble.of(LEAST_OF_ROUNDED)
                : options.minimumCosine();
    }

    /** The file and how close it is, which may not be close enough. */
    ConversionResult verified(
            OnnxModel source,
            ByteBuffer converted,
            ConversionOptions options,
            Map<String, Integer> operators,
            Optional<QuantisationReport> quantisation) {
        ParityReport report = verify(source, converted, options);
        return new ConversionResult(options.target(), options.precision(), converted, report, operators, quantisation);
    }

    /**
     * Compares the inner tensors of a TFLite file of any origin with the values of the model that have their names, on the
     * options' first sample or a seeded one.
     *
     * @return in the order of computation; empty if no names are the same
     */
    public List<TensorParity> compareTensors(OnnxModel model, byte[] tflite, ConversionOptions options) {
        Map<String, OnnxTensor> sample;
        try (OnnxSession reference = OnnxSession.open(model)) {
            sample = new VerificationSamples(model, reference, options).first();
        }
        return new TensorComparison(sample, options.layout()).againstOnnx(model, TfliteReader.read(tflite));
    }

    private static void compare(
            Map<String, OnnxTensor> expected, Map<String, OnnxTensor> actual, Map<String, ParityCounter> counters) {
        if (!actual.keySet().equals(expected.keySet())) {
            throw SlipwayException.invalid(
                    "edge.parity",
                    "The converted model has the outputs " + actual.keySet() + ", but the ONNX model "
                            + expected.keySet() + ".");
        }
        expected.forEach((name, tensor) -> {
            checkShape(name, tensor.shape(), actual.get(name).shape());
            counters.computeIfAbsent(name, ParityCounter::new).add(tensor, actual.get(name));
        });
    }

    private static void checkShape(String name, List<Integer> expected, List<Integer> actual) {
        if (!expected.equals(actual)) {
            String why = expected.size() == actual.size()
                    ? ""
                    : " The rank depends on the inputs' lengths, which TFLite can't express; fix the shapes of the"
                            + " inputs.";
            throw SlipwayException.invalid(
                    "edge.parity",
                    "The output '" + name + "' of the converted model has the shape " + actual + ", but that of the"
                            + " ONNX model " + expected + "." + why);
        }
    }
}
