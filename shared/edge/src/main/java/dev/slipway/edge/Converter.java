package dev.slipway.edge;

import dev.slipway.edge.data.SampleSource;
import dev.slipway.edge.fuse.Fuser;
import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.edge.graph.TfliteEmitter;
import dev.slipway.edge.layout.ChannelsLastBorder;
import dev.slipway.edge.layout.CollapseTransposes;
import dev.slipway.edge.layout.TransposePass;
import dev.slipway.edge.lower.Lowerer;
import dev.slipway.edge.lower.LoweringRegistry;
import dev.slipway.edge.optimise.ComposeGathers;
import dev.slipway.edge.optimise.FoldConstants;
import dev.slipway.edge.optimise.FoldPads;
import dev.slipway.edge.optimise.FoldScaleAndShift;
import dev.slipway.edge.optimise.FuseActivations;
import dev.slipway.edge.optimise.FuseHardSwish;
import dev.slipway.edge.optimise.InBodies;
import dev.slipway.edge.optimise.RemoveIdentities;
import dev.slipway.edge.optimise.RemoveUnused;
import dev.slipway.edge.optimise.ShareEqual;
import dev.slipway.edge.probe.Probe;
import dev.slipway.edge.probe.ProbedModel;
import dev.slipway.edge.quantise.DynamicQuantiser;
import dev.slipway.edge.quantise.HalfWeights;
import dev.slipway.edge.quantise.IntegerQuantiser;
import dev.slipway.edge.quantise.KeptScales;
import dev.slipway.edge.quantise.QualityGoal;
import dev.slipway.edge.quantise.QuantisationReport;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxReader;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.precision.Float16Model;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.onnx.upgrade.OpsetUpgrade;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteOperator;
import dev.slipway.tflite.TfliteReader;
import dev.slipway.tflite.TfliteWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Converts ONNX models for phones.
 *
 * <p>A model is probed, lowered, laid out and written, and the result verified. There is no result that was
 * not verified. Errors:
 *
 * <ul>
 *   <li>{@code onnx.malformed}, {@code onnx.unusable}: this is no ONNX model that ONNX Runtime can load
 *   <li>{@code edge.probe}, {@code edge.input}: it does not run at the sizes that it declares
 *   <li>{@code edge.unsupported-operator}: parts can't be converted; the message names all of them
 *   <li>{@code edge.memory}: the heap is too small for it
 *   <li>{@code edge.parity}: the converted model's results are out of tolerance
 *   <li>{@code edge.accuracy}: it classifies the labelled data worse than it may
 * </ul>
 */
public final class Converter {
    private final ConversionListener listener;
    private final Verifier verifier;

    public Converter() {
        this(ConversionListener.none());
    }

    /** Tells the listener how each conversion comes along. */
    public Converter(ConversionListener listener) {
        this.listener = listener;
        this.verifier = new Verifier(listener);
    }

    /** Converts the bytes of an ONNX file, which are not changed. */
    public ConversionResult convert(byte[] onnx, ConversionOptions options) {
        return convert(OnnxReader.read(onnx), options);
    }

    public ConversionResult convert(OnnxModel model, ConversionOptions options) {
        return convertAll(model, options, List.of(options.precision())).get(0).orElseThrow();
    }

    /**
     * Converts once for each precision, whatever that of the options is, and tells of each what came of it, in their
     * order. One that fails does not keep the others from being made; a model that can't be converted at all fails.
     */
    public List<ConversionOutcome> convertAll(OnnxModel model, ConversionOptions options, List<Precision> precisions) {
        try {
            return converted(source(model, options), options, precisions);
        } catch (OutOfMemoryError e) {
            // One model's hunger for memory is the model's fault, and what it took is free again by now.
            throw SlipwayException.tooLarge(
                    "edge.memory",
                    "The model takes more memory than there is: " + e.getMessage()
                            + ". Convert it for smaller inputs, or with a larger heap (-Xmx).");
        }
    }

    private List<ConversionOutcome> converted(OnnxModel source, ConversionOptions options, List<Precision> precisions) {
        return switch (options.target()) {
            case ORT, ONNX ->
                precisions.stream()
                        .map(precision -> outcome(
                                source,
                                options.withPrecision(precision),
                                each -> toOnnx(source, each),
                                result -> List.of()))
                        .toList();
            case TFLITE -> {
                EdgeGraph graph = toGraph(source, options);
                yield precisions.stream()
                        .map(precision -> outcome(
                                source,
                                options.withPrecision(precision),
                                each -> toTflite(source, graph, each),
                                result -> compare(source, graph, options, List.of(result))
                                        .get(0)))
                        .toList();
            }
        };
    }

    private static ConversionOutcome outcome(
            OnnxModel source,
            ConversionOptions options,
            Function<ConversionOptions, ConversionResult> conversion,
            Function<ConversionResult, List<TensorParity>> comparison) {
        Optional<ConversionFigures> figures = Optional.empty();
        try {
            ConversionResult result = conversion.apply(options);
            figures = Optional.of(result.figures());
            if (!result.parity().passed()) {
                return outOfTolerance(result, comparison);
            }
            LabelledAccuracy.of(source, options).ifPresent(accuracy -> accuracy.check(result));
            return new ConversionOutcome.Converted(result);
        } catch (SlipwayException e) {
            return new ConversionOutcome.Refused(options.precision(), e, figures);
        }
    }

    /** Only figures of the result are given out, and where its error comes from. */
    private static ConversionOutcome outOfTolerance(
            ConversionResult result, Function<ConversionResult, List<TensorParity>> comparison) {
        SlipwayException reason = SlipwayException.invalid("edge.parity", refusal(result.parity(), result.precision()));
        ConversionFigures figures = result.figures();
        try {
            figures = figures.withTensors(comparison.apply(result));
        } catch (SlipwayException e) {
            // Outputs tell enough where inner tensors can't be had.
            reason.addSuppressed(e);
        }
        return new ConversionOutcome.Refused(result.precision(), reason, Optional.of(figures));
    }

    private ConversionResult toOnnx(OnnxModel source, ConversionOptions options) {
        return switch (options.precision()) {
            case FP32 -> toOnnx(source, source, options, Optional.empty());
            case FP16 -> toOnnx(source, Float16Model.of(source), options, Optional.empty());
            case DYNAMIC ->
                throw SlipwayException.unsupported(
                        "edge.options",
                        options.target() + " files are written as FP32, FP16, INT8 or INT16X8, not "
                                + options.precision() + "; ask for TFLITE.");
            case INT8, INT16X8 -> {
                OnnxIntegers.Made made = new OnnxIntegers(verifier).of(source, options);
                yield toOnnx(source, made.model(), made.verification(), Optional.of(made.report()));
            }
        };
    }

    private ConversionResult toOnnx(
            OnnxModel source, OnnxModel changed, ConversionOptions options, Optional<QuantisationReport> quantisation) {
        return compared(source, OnnxIntegers.file(changed, options.target()), options, Map.of(), quantisation);
    }

    private ConversionResult toTflite(OnnxModel source, EdgeGraph graph, ConversionOptions options) {
        return switch (options.precision()) {
            case FP32 -> compared(source, graph, options, Optional.empty());
            case FP16 -> compared(source, new HalfWeights().apply(graph), options, Optional.empty());
            case DYNAMIC -> toDynamic(source, graph, options);
            case INT8 ->
                withOwnScales(source, options)
                        .orElseGet(() ->
                                toIntegers(source, graph, options, IntegerQuantiser.int8(options.quantisation())));
            case INT16X8 -> toIntegers(source, graph, options, IntegerQuantiser.int16(options.quantisation()));
        };
    }

    /** By the scales that the ONNX model says itself; empty if it says none. */
    private Optional<ConversionResult> withOwnScales(OnnxModel source, ConversionOptions options) {
        if (source.graph().nodes().stream().noneMatch(node -> node.operator().equals("QuantizeLinear"))) {
            return Optional.empty();
        }
        EdgeGraph scaled = toGraph(source, options, Operators.keepingScales());
        if (!KeptScales.areIn(scaled)) {
            return Optional.empty();
        }
        IntegerQuantiser.Result result =
                KeptScales.quantise(scaled, options.quantisation().border(), List.of());
        ConversionOptions verification = onTypicalInputs(source, scaled, options);
        EdgeGraph small = new HalfWeights().apply(result.graph());
        return Optional.of(compared(source, small, verification, Optional.of(result.report())));
    }

    /** Nothing is measured where that is not needed: the whole will do, or nothing else is to be tried. */
    private ConversionResult toDynamic(OnnxModel source, EdgeGraph graph, ConversionOptions options) {
        DynamicQuantiser quantiser = new DynamicQuantiser(options.quantisation(), listener);
        ConversionOptions verification = onTypicalInputs(source, graph, options);
        QualityGoal goal = goal(source, options);
        EdgeGraph quantised = quantiser.whole(graph);
        ConversionResult whole = compared(source, quantised, verification, Optional.empty());
        boolean good = whole.parity().passed()
                && goal.accuracy().map(accuracy -> accuracy.isMetBy(quantised)).orElse(true);
        if (good || options.quantisation().mostTrials() == 0) {
            return whole;
        }
        // No ranges are found on them, so random ones need no warning.
        CalibrationSamples samples = CalibrationSamples.of(source, graph, options, new ArrayList<>());
        IntegerQuantiser.Result mixed = quantiser.mixed(graph, samples, goal);
        EdgeGraph small = new HalfWeights().apply(mixed.graph());
        return compared(source, small, verification, Optional.of(mixed.report()));
    }

    /** Verification happens on the calibration data, where there is any and no samples are given. */
    private static ConversionOptions onTypicalInputs(OnnxModel source, EdgeGraph graph, ConversionOptions options) {
        return options.quantisation().calibration().isEmpty()
                ? options
                : options.withSamples(CalibrationSamples.of(source, graph, options, new ArrayList<>())
                        .verification(source, graph, options));
    }

    private static QualityGoal goal(OnnxModel source, ConversionOptions options) {
        return new QualityGoal(
                options.minimumCosine().orElseThrow(),
                options.tolerance(),
                LabelledAccuracy.of(source, options).map(LabelledAccuracy::goal));
    }

    private ConversionResult toIntegers(
            OnnxModel source, EdgeGraph graph, ConversionOptions options, IntegerQuantiser quantiser) {
        List<String> warnings = new ArrayList<>();
        CalibrationSamples samples = CalibrationSamples.of(source, graph, options, warnings);
        IntegerQuantiser.Result result =
                quantiser.heardBy(listener).quantise(graph, samples, goal(source, options), warnings);
        ConversionOptions verification = options.withSamples(samples.verification(source, graph, options));
        // What stays float need not be as large as it was.
        EdgeGraph small = new HalfWeights().apply(result.graph());
        return compared(source, small, verification, Optional.of(result.report()));
    }

    /** The file and how close it is, which may not be close enough. */
    private ConversionResult compared(
            OnnxModel source, EdgeGraph graph, ConversionOptions options, Optional<QuantisationReport> quantisation) {
        TfliteModel converted = TfliteEmitter.emit(graph, source.description());
        return compared(source, TfliteWriter.writeDirect(converted), options, operators(converted), quantisation);
    }

    /**
     * Compares the conversion to float TFLite with ONNX Runtime tensor by tensor, in the order in which they are
     * computed, on the options' first sample or a seeded one. It tells where an error comes from, so the result need not
     * be within tolerance.
     */
    public List<TensorParity> compareTensors(OnnxModel model, ConversionOptions options) {
        OnnxModel source = source(model, options);
        return comparison(source, options).againstOnnx(source, toGraph(source, options));
    }

    /**
     * Compares conversions of the model to TFLite tensor by tensor: float with ONNX Runtime, other precisions with float.
     *
     * @param options that they were converted with, whatever the precision
     */
    public List<List<TensorParity>> compareTensors(
            OnnxModel model, ConversionOptions options, List<ConversionResult> results) {
        OnnxModel source = source(model, options);
        return compare(source, toGraph(source, options), options, results);
    }

    private static List<List<TensorParity>> compare(
            OnnxModel source, EdgeGraph graph, ConversionOptions options, List<ConversionResult> results) {
        TensorComparison comparison = comparison(source, options);
        return results.stream()
                .map(result -> result.precision() == Precision.FP32
                        ? comparison.againstOnnx(source, graph)
                        : comparison.againstFloat(
                                TfliteEmitter.emit(graph, source.description()), TfliteReader.read(result.file())))
                .toList();
    }

    /** On one input: a sample, one to calibrate with or a random one. */
    private static TensorComparison comparison(OnnxModel source, ConversionOptions options) {
        Optional<SampleSource> calibration = options.quantisation().calibration();
        if (options.samples().isEmpty() && calibration.isPresent()) {
            try (Stream<Map<String, OnnxTensor>> samples = calibration.get().samples()) {
                return new TensorComparison(samples.findFirst().orElseThrow(), options.layout());
            }
        }
        try (OnnxSession reference = OnnxSession.open(source)) {
            return new TensorComparison(new VerificationSamples(source, reference, options).first(), options.layout());
        }
    }

    /**
     * Why the model can't be converted to float TFLite, found without writing or verifying the result; empty if nothing
     * stands in the way.
     */
    public Optional<SlipwayException> obstacle(OnnxModel model, ConversionOptions options) {
        try {
            toGraph(source(model, options), options);
            return Optional.empty();
        } catch (SlipwayException e) {
            return Optional.of(e);
        }
    }

    /** The model as it is probed, and as the result is compared with. */
    private static OnnxModel source(OnnxModel model, ConversionOptions options) {
        return OpsetUpgrade.apply(FixedShapes.apply(model, options.inputShapes()));
    }

    /** Steps 1 to 3: the model as TFLite describes it, not yet verified. */
    TfliteModel toTflite(OnnxModel model, ConversionOptions options) {
        return TfliteEmitter.emit(toGraph(model, options), model.description());
    }

    private EdgeGraph toGraph(OnnxModel model, ConversionOptions options) {
        return toGraph(model, options, Operators.standard());
    }

    private EdgeGraph toGraph(OnnxModel model, ConversionOptions options, LoweringRegistry registry) {
        Probe probe = new Probe(
                options.seed(),
                options.samples().isEmpty() ? Map.of() : options.samples().get(0));
        listener.at(ConversionStep.PROBE, 0, 1);
        ProbedModel probed = probe.probe(new Fuser().fuse(model));
        listener.at(ConversionStep.LOWER, 0, 1);
        EdgeGraph lowered = new Lowerer(registry, probe::probeBody).lower(probed);
        EdgeGraph graph = new ChannelsLastBorder(options.layout()).apply(lowered);
        for (GraphPass pass : passes()) {
            graph = new InBodies(pass).apply(graph);
        }
        return graph;
    }

    private static List<GraphPass> passes() {
        return List.of(
                new RemoveUnused(),
                new FoldConstants(),
                new RemoveIdentities(),
                new TransposePass(),
                new RemoveIdentities(),
                new ComposeGathers(),
                new ShareEqual(),
                new FuseHardSwish(),
                new FoldPads(),
                new FoldScaleAndShift(),
                new FuseActivations(),
                new CollapseTransposes(),
                new RemoveUnused());
    }

    private ConversionResult compared(
            OnnxModel source,
            ByteBuffer converted,
            ConversionOptions options,
            Map<String, Integer> operators,
            Optional<QuantisationReport> quantisation) {
        ParityReport report = verifier.verify(source, converted, options);
        return new ConversionResult(options.target(), options.precision(), converted, report, operators, quantisation);
    }

    private static String refusal(ParityReport report, Precision precision) {
        return report.minimumCosine().isPresent()
                ? "The " + precision + " model is not close enough to the float one: " + worst(report)
                        + ", but at least " + report.minimumCosine().getAsDouble()
                        + " is wanted. Nothing was published; calibrate with typical inputs, keep layers in float or"
                        + " ask for less."
                : "The converted model is not within the tolerance of " + report.tolerance() + ": " + worst(report)
                        + ". Nothing was published; raise the tolerance only if you know that the model is that"
                        + " sensitive to rounding.";
    }

    private static String worst(ParityReport report) {
        boolean byCosine = report.minimumCosine().isPresent();
        return report.outputs().stream()
                .filter(output -> !report.passed(output))
                .map(output -> "output '" + output.name() + "' "
                        + (byCosine
                                ? "has the cosine " + output.cosine()
                                : "differs by up to " + output.maximumError() + " at magnitudes up to "
                                        + output.largestMagnitude()))
                .reduce((a, b) -> a + "; " + b)
                .orElse("");
    }

    private static Map<String, Integer> operators(TfliteModel model) {
        Map<String, Integer> counts = new HashMap<>();
        for (TfliteOperator operator : model.entry().operators()) {
            counts.merge(operator.operator().name(), 1, Integer::sum);
        }
        return counts;
    }
}
