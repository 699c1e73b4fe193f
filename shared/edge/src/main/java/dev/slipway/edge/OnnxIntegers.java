package dev.slipway.edge;

import dev.slipway.edge.data.SampleSource;
import dev.slipway.edge.quantise.BorderType;
import dev.slipway.edge.quantise.QdqQuantiser;
import dev.slipway.edge.quantise.QualityGoal;
import dev.slipway.edge.quantise.QuantisationReport;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxWriter;
import dev.slipway.onnx.run.OrtFormat;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes ONNX models that ONNX Runtime computes with integers. */
final class OnnxIntegers {
    /**
     * What was made of a model.
     *
     * @param verification the options to verify it with: ranges hold for inputs such as those calibrated with
     */
    record Made(OnnxModel model, QuantisationReport report, ConversionOptions verification) {}

    private static final int MOST_TRIED = 8;
    private static final List<String> QUANTISED =
            List.of("QuantizeLinear", "DynamicQuantizeLinear", "QLinearConv", "QLinearMatMul", "QGemm");

    private final ConversionListener listener;
    private final Verifier trials = new Verifier();

    OnnxIntegers(ConversionListener listener) {
        this.listener = listener;
    }

    /** The model in QDQ form; as it is if it is quantised already. */
    Made of(OnnxModel source, ConversionOptions options) {
        if (source.graph().nodes().stream().anyMatch(node -> QUANTISED.contains(node.operator()))) {
            String warning = "The model is quantised already: it was left as it is.";
            return new Made(source, new QuantisationReport(0, 0, List.of(), 1, List.of(warning)), options);
        }
        if (options.quantisation().border() == BorderType.INTEGER) {
            throw SlipwayException.unsupported(
                    "edge.options",
                    options.target() + " files have float inputs and outputs; integer ones are made for TFLITE only.");
        }
        List<String> warnings = new ArrayList<>();
        SampleSource samples = samples(source, options, warnings);
        ConversionOptions trial = options.withSamples(samples.first(MOST_TRIED));
        QdqQuantiser quantiser = options.precision() == Precision.INT8
                ? QdqQuantiser.int8(options.quantisation(), listener)
                : QdqQuantiser.int16(options.quantisation(), listener);
        QdqQuantiser.Result result = quantiser.quantise(
                source,
                samples,
                new QualityGoal(options.minimumCosine().orElseThrow(), options.tolerance(), Optional.empty()),
                model -> cosine(trials.verify(source, file(model, options.target()), trial)),
                warnings);
        List<Map<String, OnnxTensor>> verified = options.samples();
        if (verified.isEmpty()) {
            boolean given = options.quantisation().calibration().isPresent();
            SampleSource others = given ? samples : random(source, options.withSeed(-options.seed()), 1);
            verified = others.first(CalibrationSamples.MOST_VERIFIED);
        }
        return new Made(result.model(), result.report(), options.withSamples(verified));
    }

    /** The bytes of the model in the target's format. */
    static ByteBuffer file(OnnxModel model, Target target) {
        return ByteBuffer.wrap(target == Target.ORT ? OrtFormat.convert(model) : OnnxWriter.write(model));
    }

    /** The least cosine of those outputs that are not within tolerance anyway. */
    private static double cosine(ParityReport report) {
        return report.outputs().stream()
                .filter(output -> !output.within(report.tolerance()))
                .mapToDouble(OutputParity::cosine)
                .min()
                .orElse(1);
    }

    private static SampleSource samples(OnnxModel model, ConversionOptions options, List<String> warnings) {
        if (options.quantisation().calibration().isPresent()) {
            return options.quantisation().calibration().get();
        }
        if (!options.samples().isEmpty()) {
            return SampleSource.of(options.samples());
        }
        warnings.add(CalibrationSamples.RANDOM);
        return random(model, options, RandomSamples.ROUNDS);
    }

    /** Random inputs of several sizes at which all outputs are numbers; all if there are none such. */
    private static SampleSource random(OnnxModel model, ConversionOptions options, int rounds) {
        List<Map<String, OnnxTensor>> all = new ArrayList<>();
        List<Map<String, OnnxTensor>> usable = new ArrayList<>();
        RandomSamples.forEach(model, options, rounds, (inputs, outputs) -> {
            all.add(inputs);
            if (outputs.values().stream().allMatch(OnnxIntegers::isFinite)) {
                usable.add(inputs);
            }
        });
        return SampleSource.of(usable.isEmpty() ? all : usable);
    }

    private static boolean isFinite(OnnxTensor tensor) {
        if (tensor.type() != ElementType.FLOAT32) {
            return true;
        }
        FloatBuffer numbers = tensor.data().asFloatBuffer();
        while (numbers.hasRemaining()) {
            if (!Float.isFinite(numbers.get())) {
                return false;
            }
        }
        return true;
    }
}
