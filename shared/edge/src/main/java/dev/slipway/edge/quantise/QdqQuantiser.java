package dev.slipway.edge.quantise;

import dev.slipway.edge.ConversionListener;
import dev.slipway.edge.data.SampleSource;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.run.SimplifiedModel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Makes float ONNX models quantise and dequantise the values of their operators (QDQ form), which ONNX Runtime computes
 * with integers, by ranges found on calibration data; the worst operators are left float until outputs are close enough.
 */
public final class QdqQuantiser {
    /** The quantised model and what was done. */
    public record Result(OnnxModel model, QuantisationReport report) {}

    private record Attempt(
            RangeMethod range, QdqPlan plan, OnnxModel model, Verdict verdict, List<SensitiveOperation<OnnxNode>> left)
            implements FloatFallback.Mixture<OnnxNode> {}

    /** The float model and what attempts have in common. */
    private record Source(
            OnnxModel model,
            QdqCalibration calibration,
            String domain,
            Set<OnnxNode> excluded,
            ToDoubleFunction<OnnxModel> cosine,
            QualityGoal goal) {}

    private static final String CONTRIBUTED = "com.microsoft";
    private static final long FIRST_WITH_KERNELS = 10;
    /** Operators that version 10 changed otherwise than by taking more. */
    private static final List<String> CHANGED = List.of("Slice", "TopK", "Upsample");

    private static final long FIRST_WITH_AXIS = 13;
    private static final long FIRST_WITH_WIDE = 21;
    private static final long IR_WITH_CONSTANTS = 4;

    private final IntegerType type;
    private final QuantisationOptions options;
    private final ConversionListener listener;

    private QdqQuantiser(IntegerType type, QuantisationOptions options, ConversionListener listener) {
        this.type = type;
        this.options = options;
        this.listener = listener;
    }

    /** Weights and activations of 8 bits. */
    public static QdqQuantiser int8(QuantisationOptions options, ConversionListener listener) {
        return new QdqQuantiser(IntegerType.INT8, options, listener);
    }

    /** Weights of 8 and activations of 16 bits. */
    public static QdqQuantiser int16(QuantisationOptions options, ConversionListener listener) {
        return new QdqQuantiser(IntegerType.INT16, options, listener);
    }

    /**
     * Fails with {@code edge.calibration} if the data don't fit the model or make it compute NaN, with {@code
     * edge.quantise} if weights are not finite or the operator set is too old.
     *
     * @param goal of which only the cosine is looked at
     * @param cosine the least cosine of a model's outputs with those of the float one
     */
    public Result quantise(
            OnnxModel model,
            SampleSource samples,
            QualityGoal goal,
            ToDoubleFunction<OnnxModel> cosine,
            List<String> warnings) {
        OnnxModel simple = runnable(simplified(model));
        warnings.addAll(missing(simple.graph()));
        String domain =
                model.opset() >= (type == IntegerType.INT8 ? FIRST_WITH_AXIS : FIRST_WITH_WIDE) ? "" : CONTRIBUTED;
        OnnxModel floats = domain.isEmpty() ? simple : simple.withOpset(CONTRIBUTED, 1);
        QdqCalibration calibration =
                QdqCalibration.of(floats, samples, options.mostSamples(), QdqPlan.values(floats.graph()));
        Source source = new Source(floats, calibration, domain, excluded(floats.graph()), cosine, goal);
        Attempt first = first(source);
        FloatFallback<OnnxNode, Attempt> fallback = new FloatFallback<>(
                first, left -> attempt(source, first.range(), left), options.mostTrials(), listener);
        if (!first.verdict().met() && options.mostTrials() > 0) {
            fallback.search(QdqSensitivity.of(floats, first.plan(), domain, samples));
        }
        Attempt best = fallback.best();
        int quantised = best.plan().rules().size();
        return new Result(
                best.model(),
                new QuantisationReport(
                        Math.min(samples.size(), options.mostSamples()),
                        quantised,
                        fallback.layers(),
                        best.verdict().cosine(),
                        warnings));
    }

    /** Nothing left float; other ranges than the usual only where that will not do. */
    private Attempt first(Source source) {
        Attempt best = attempt(source, options.range().orElse(RangeMethod.MINMAX), List.of());
        if (options.range().isEmpty() && !best.verdict().met()) {
            for (RangeMethod other : List.of(RangeMethod.MSE, RangeMethod.PERCENTILE)) {
                Attempt next = attempt(source, other, List.of());
                best = next.verdict().isBetterThan(best.verdict()) ? next : best;
            }
        }
        return best;
    }

    private Attempt attempt(Source source, RangeMethod range, List<SensitiveOperation<OnnxNode>> left) {
        Set<OnnxNode> floats = new HashSet<>(source.excluded());
        left.forEach(entry -> floats.add(entry.operation()));
        OnnxGraph graph = source.model().graph();
        QdqPlan plan = QdqPlan.of(graph, source.calibration(), range, type, floats);
        OnnxModel made = source.model().withGraph(QdqGraph.of(graph, plan, source.domain()));
        double cosine = source.cosine().applyAsDouble(made);
        return new Attempt(
                range, plan, made, new Verdict(cosine, cosine >= source.goal().target()), left);
    }

    private Set<OnnxNode> excluded(OnnxGraph graph) {
        Set<OnnxNode> excluded = new HashSet<>();
        graph.nodes().stream()
                .filter(node -> node.outputs().stream().anyMatch(options.floatLayers()::contains))
                .forEach(excluded::add);
        return excluded;
    }

    /** What the user should know of layers that were to stay float. */
    private List<String> missing(OnnxGraph graph) {
        Set<String> known = new HashSet<>();
        graph.nodes().forEach(node -> known.addAll(node.outputs()));
        return options.floatLayers().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .map(name -> "No operator makes '" + name + "', which was to stay float: it is not in the model or was"
                        + " merged with the operator behind it.")
                .toList();
    }

    /** In an operator set in which ONNX Runtime has integer kernels. */
    private static OnnxModel runnable(OnnxModel model) {
        if (model.opset() >= FIRST_WITH_KERNELS) {
            return model;
        }
        if (hasOtherMeaning(model.graph())) {
            throw SlipwayException.unsupported(
                    "edge.quantise",
                    "ONNX Runtime computes with integers from operator set " + FIRST_WITH_KERNELS
                            + " on, but the model is"
                            + " of set " + model.opset() + " and has operators that mean something else there ("
                            + String.join(", ", CHANGED) + "); export it with a newer one, or ask for TFLITE.");
        }
        return model.withOpset("", FIRST_WITH_KERNELS);
    }

    private static boolean hasOtherMeaning(OnnxGraph graph) {
        return graph.nodes().stream()
                .anyMatch(node -> (node.domain().isEmpty() && CHANGED.contains(node.operator()))
                        || node.bodies().stream().anyMatch(QdqQuantiser::hasOtherMeaning));
    }

    /** Without what is computed once for all, and with no more operator sets than are needed. */
    private static OnnxModel simplified(OnnxModel model) {
        OnnxModel rewritten = SimplifiedModel.of(model);
        OnnxModel simple = model.withGraph(
                        rewritten.graph().withHoistedConstants(constant -> constant.type() == ElementType.FLOAT32))
                .withIrVersion(IR_WITH_CONSTANTS);
        for (OnnxNode node : simple.graph().nodes()) {
            Optional<Long> known = Optional.ofNullable(rewritten.opsets().get(node.domain()));
            if (!simple.opsets().containsKey(node.domain()) && known.isPresent()) {
                simple = simple.withOpset(node.domain(), known.get());
            }
        }
        return simple;
    }
}
