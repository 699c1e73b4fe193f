package dev.slipway.edge;

import dev.slipway.edge.decompose.Decomposer;
import dev.slipway.edge.fuse.Fuser;
import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.GraphPass;
import dev.slipway.edge.graph.TfliteEmitter;
import dev.slipway.edge.layout.ChannelsLastBorder;
import dev.slipway.edge.layout.TransposePass;
import dev.slipway.edge.lower.BodyProbe;
import dev.slipway.edge.lower.Lowerer;
import dev.slipway.edge.optimise.FoldConstants;
import dev.slipway.edge.optimise.FoldPads;
import dev.slipway.edge.optimise.FoldScaleAndShift;
import dev.slipway.edge.optimise.FuseActivations;
import dev.slipway.edge.optimise.FuseHardSwish;
import dev.slipway.edge.optimise.InBodies;
import dev.slipway.edge.optimise.RemoveIdentities;
import dev.slipway.edge.optimise.RemoveUnused;
import dev.slipway.edge.probe.Probe;
import dev.slipway.edge.probe.ProbedModel;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxReader;
import dev.slipway.onnx.run.OrtFormat;
import dev.slipway.onnx.upgrade.OpsetUpgrade;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteOperator;
import dev.slipway.tflite.TfliteWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Converts ONNX models for phones.
 *
 * <p>A model is probed, decomposed, lowered, laid out and written, and the result verified. There is no result that was
 * not verified. Errors:
 *
 * <ul>
 *   <li>{@code onnx.malformed}, {@code onnx.unusable}: this is no ONNX model that ONNX Runtime can load
 *   <li>{@code edge.probe}, {@code edge.input}: it does not run at the sizes that it declares
 *   <li>{@code edge.unsupported-operator}: parts can't be converted; the message names all of them
 *   <li>{@code edge.parity}: the converted model's results are out of tolerance
 * </ul>
 */
public final class Converter {
    private final Verifier verifier = new Verifier();

    /** Converts the bytes of an ONNX file, which are not changed. */
    public ConversionResult convert(byte[] onnx, ConversionOptions options) {
        return convert(OnnxReader.read(onnx), options);
    }

    public ConversionResult convert(OnnxModel model, ConversionOptions options) {
        OnnxModel source = OpsetUpgrade.apply(FixedShapes.apply(model, options.inputShapes()));
        return switch (options.target()) {
            case ORT -> verified(source, OrtFormat.convert(source), options, Map.of());
            case TFLITE -> {
                TfliteModel converted = toTflite(source, options);
                yield verified(source, TfliteWriter.write(converted), options, operators(converted));
            }
        };
    }

    /** Steps 1 to 3: the model as TFLite describes it, not yet verified. */
    TfliteModel toTflite(OnnxModel model, ConversionOptions options) {
        Probe probe = new Probe(
                options.seed(),
                options.samples().isEmpty() ? Map.of() : options.samples().get(0));
        ProbedModel probed = probe.probe(new Fuser().fuse(model));
        probed = new Decomposer().decompose(probed).map(probe::probe).orElse(probed);
        EdgeGraph lowered = new Lowerer(Operators.standard(), bodies(probe)).lower(probed);
        EdgeGraph graph = new ChannelsLastBorder(options.layout()).apply(lowered);
        for (GraphPass pass : passes()) {
            graph = new InBodies(pass).apply(graph);
        }
        return TfliteEmitter.emit(graph, model.description());
    }

    /** Bodies of control flow are probed and decomposed just as the model is. */
    private static BodyProbe bodies(Probe probe) {
        return (whole, body, outside) -> {
            ProbedModel probed = probe.probeBody(whole, body, outside);
            return new Decomposer()
                    .decompose(probed)
                    .map(changed -> probe.probeBody(whole, changed.graph(), outside))
                    .orElse(probed);
        };
    }

    private static List<GraphPass> passes() {
        return List.of(
                new RemoveUnused(),
                new FoldConstants(),
                new RemoveIdentities(),
                new TransposePass(),
                new RemoveIdentities(),
                new FuseHardSwish(),
                new FoldPads(),
                new FoldScaleAndShift(),
                new FuseActivations(),
                new RemoveUnused());
    }

    private ConversionResult verified(
            OnnxModel source, byte[] converted, ConversionOptions options, Map<String, Integer> operators) {
        ParityReport report = verifier.verify(source, converted, options);
        if (!report.passed()) {
            throw SlipwayException.invalid(
                    "edge.parity",
                    "The converted model is not within the tolerance of " + report.tolerance() + ": " + worst(report)
                            + ". Nothing was published; raise the tolerance only if you know that the model is that"
                            + " sensitive to rounding.");
        }
        return new ConversionResult(options.target(), options.precision(), converted, report, operators);
    }

    private static String worst(ParityReport report) {
        return report.outputs().stream()
                .filter(output -> !output.within(report.tolerance()))
                .map(output -> "output '" + output.name() + "' differs by up to " + output.maximumError()
                        + " at magnitudes up to " + output.largestMagnitude())
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
