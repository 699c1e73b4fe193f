package dev.slipway.edge;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.TfliteEmitter;
import dev.slipway.edge.quantise.DynamicQuantiser;
import dev.slipway.edge.quantise.HalfWeights;
import dev.slipway.edge.quantise.IntegerQuantiser;
import dev.slipway.edge.quantise.KeptScales;
import dev.slipway.edge.quantise.QualityGoal;
import dev.slipway.edge.quantise.QuantisationReport;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteOperator;
import dev.slipway.tflite.TfliteReader;
import dev.slipway.tflite.TfliteWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a model as TFLite, in any precision from one float graph. */
final class TfliteConversion implements TargetConversion {
    private final OnnxModel source;
    private final ConversionOptions options;
    private final ModelLowering lowering;
    private final Verifier verifier;
    private final Optional<LabelledAccuracy> accuracy;
    private final EdgeGraph graph;

    TfliteConversion(
            OnnxModel source,
            ConversionOptions options,
            ModelLowering lowering,
            Verifier verifier,
            Optional<LabelledAccuracy> accuracy) {
        this.source = source;
        this.options = options;
        this.lowering = lowering;
        this.verifier = verifier;
        this.accuracy = accuracy;
        this.graph = lowering.of(source, options, Operators.standard());
    }

    @Override
    public ConversionResult to(Precision precision) {
        ConversionOptions wanted = options.withPrecision(precision);
        return switch (precision) {
            case FP32 -> written(graph, wanted, Optional.empty());
            case FP16 -> written(new HalfWeights().apply(graph), wanted, Optional.empty());
            case DYNAMIC -> toDynamic(wanted);
            case INT8 ->
                withOwnScales(wanted)
                        .orElseGet(() -> toIntegers(wanted, IntegerQuantiser.int8(options.quantisation())));
            case INT16X8 -> toIntegers(wanted, IntegerQuantiser.int16(options.quantisation()));
        };
    }

    @Override
    public List<List<TensorParity>> tensors(List<ConversionResult> results) {
        TensorComparison comparison = TensorComparison.of(source, options);
        return results.stream()
                .map(result -> result.precision() == Precision.FP32
                        ? comparison.againstOnnx(source, graph)
                        : comparison.againstFloat(
                                TfliteEmitter.emit(graph, source.description()), TfliteReader.read(result.bytes())))
                .toList();
    }

    /** By the scales that the ONNX model says itself; empty if it says none. */
    private Optional<ConversionResult> withOwnScales(ConversionOptions wanted) {
        if (source.graph().nodes().stream().noneMatch(node -> node.operator().equals("QuantizeLinear"))) {
            return Optional.empty();
        }
        EdgeGraph scaled = lowering.of(source, options, Operators.keepingScales());
        if (!KeptScales.areIn(scaled)) {
            return Optional.empty();
        }
        IntegerQuantiser.Result result =
                KeptScales.quantise(scaled, options.quantisation().border(), List.of());
        ConversionOptions verification = onTypicalInputs(scaled, wanted);
        EdgeGraph small = new HalfWeights().apply(result.graph());
        return Optional.of(written(small, verification, Optional.of(result.report())));
    }

    /** Nothing is measured where that is not needed: the whole will do, or nothing else is to be tried. */
    private ConversionResult toDynamic(ConversionOptions wanted) {
        DynamicQuantiser quantiser = new DynamicQuantiser(options.quantisation(), lowering.listener());
        ConversionOptions verification = onTypicalInputs(graph, wanted);
        QualityGoal goal = goal(wanted);
        EdgeGraph quantised = quantiser.whole(graph);
        ConversionResult whole = written(quantised, verification, Optional.empty());
        boolean good = whole.parity().passed()
                && goal.accuracy().map(accuracy -> accuracy.isMetBy(quantised)).orElse(true);
        if (good || options.quantisation().mostTrials() == 0) {
            return whole;
        }
        // No ranges are found on them, so random ones need no warning.
        CalibrationSamples samples = CalibrationSamples.of(source, graph, wanted, new ArrayList<>());
        IntegerQuantiser.Result mixed = quantiser.mixed(graph, samples, goal);
        EdgeGraph small = new HalfWeights().apply(mixed.graph());
        return written(small, verification, Optional.of(mixed.report()));
    }

    /** Verification happens on the calibration data, where there is any and no samples are given. */
    private ConversionOptions onTypicalInputs(EdgeGraph converted, ConversionOptions wanted) {
        return options.quantisation().calibration().isEmpty()
                ? wanted
                : wanted.withSamples(CalibrationSamples.of(source, converted, wanted, new ArrayList<>())
                        .verification(source, converted, wanted));
    }

    private QualityGoal goal(ConversionOptions wanted) {
        return new QualityGoal(
                wanted.minimumCosine().orElseThrow(), wanted.tolerance(), accuracy.map(LabelledAccuracy::goal));
    }

    private ConversionResult toIntegers(ConversionOptions wanted, IntegerQuantiser quantiser) {
        List<String> warnings = new ArrayList<>();
        CalibrationSamples samples = CalibrationSamples.of(source, graph, wanted, warnings);
        IntegerQuantiser.Result result =
                quantiser.heardBy(lowering.listener()).quantise(graph, samples, goal(wanted), warnings);
        ConversionOptions verification = wanted.withSamples(samples.verification(source, graph, wanted));
        // What stays float need not be as large as it was.
        EdgeGraph small = new HalfWeights().apply(result.graph());
        return written(small, verification, Optional.of(result.report()));
    }

    private ConversionResult written(
            EdgeGraph converted, ConversionOptions verification, Optional<QuantisationReport> quantisation) {
        TfliteModel model = TfliteEmitter.emit(converted, source.description());
        return verifier.verified(source, TfliteWriter.writeDirect(model), verification, operators(model), quantisation);
    }

    private static Map<String, Integer> operators(TfliteModel model) {
        Map<String, Integer> counts = new HashMap<>();
        for (TfliteOperator operator : model.entry().operators()) {
            counts.merge(operator.operator().name(), 1, Integer::sum);
        }
        return counts;
    }
}
