package dev.slipway.edge.quantise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.tflite.Quantization;
import dev.slipway.tflite.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The scale and zero point of every float value of a graph. What an operation moves or chooses from keeps its scale, so
 * that values form groups of one scale.
 */
final class ScalePlan implements Scales {
    /** Values whose ranges are wider together by more than this get scales of their own and a QUANTIZE between them. */
    private static final double MOST_STRETCH = 2;

    private final IntegerType type;
    private final Map<EdgeValue, EdgeValue> parents = new HashMap<>();
    private final Map<EdgeValue, Range> ranges = new HashMap<>();
    private final Map<EdgeValue, Quantization> fixed = new HashMap<>();
    private final Map<EdgeValue, Double> leastScales = new HashMap<>();

    private ScalePlan(IntegerType type) {
        this.type = type;
    }

    /** @param rules how the operations that compute with integers do it */
    static ScalePlan of(
            EdgeGraph graph,
            Map<EdgeOperation, KernelRule> rules,
            Calibration calibration,
            RangeMethod method,
            IntegerType type) {
        ScalePlan plan = new ScalePlan(type);
        graph.inputs().forEach(input -> plan.know(input, calibration, method));
        for (EdgeOperation operation : graph.operations()) {
            operation.outputs().forEach(output -> plan.know(output, calibration, method));
            Optional.ofNullable(rules.get(operation)).ifPresent(rule -> plan.group(operation, rule));
        }
        // Scales depend on those before them, and those of a group on all that make its values.
        for (int round = 0; round < 2; round++) {
            for (EdgeOperation operation : graph.operations()) {
                Optional.ofNullable(rules.get(operation)).ifPresent(rule -> plan.bound(operation, rule));
            }
        }
        return plan;
    }

    /** Whether the value has a scale: it is float and was seen in calibration. */
    @Override
    public boolean knows(EdgeValue value) {
        return ranges.containsKey(root(value)) || fixed.containsKey(root(value));
    }

    @Override
    public Quantization of(EdgeValue value) {
        EdgeValue root = root(value);
        return fixed.containsKey(root)
                ? fixed.get(root)
                : type.covering(ranges.get(root), leastScales.getOrDefault(root, 0.0));
    }

    private void know(EdgeValue value, Calibration calibration, RangeMethod method) {
        if (value.type() == TensorType.FLOAT32 && calibration.knows(value)) {
            ranges.put(value, calibration.range(value, method, type.levels()).times(type.headroom()));
        }
    }

    private void group(EdgeOperation operation, KernelRule rule) {
        EdgeValue output = operation.output();
        if (rule.fixed().isPresent()) {
            fixed.put(output, rule.fixed().get());
        } else if (rule.sameScale()) {
            List<EdgeValue> inputs = rule.computed(operation);
            boolean alone = rule.activations().size() == 1;
            for (EdgeValue value : alone ? operation.outputs() : inputs) {
                join(alone ? inputs.get(0) : value, alone ? value : output, alone);
            }
        }
    }

    /** @param always whether the kernel's result never goes beyond the input, so that its own range does not count */
    private void join(EdgeValue input, EdgeValue output, boolean always) {
        EdgeValue first = root(input);
        EdgeValue second = root(output);
        if (first == second) {
            return;
        }
        if (always) {
            parents.put(second, first);
            return;
        }
        if (fixed.containsKey(first) || fixed.containsKey(second)) {
            return;
        }
        Range both = ranges.get(first).union(ranges.get(second));
        double narrower = Math.min(ranges.get(first).width(), ranges.get(second).width());
        if (both.width() <= narrower * MOST_STRETCH) {
            parents.put(first, second);
            ranges.put(second, both);
        }
    }

    private void bound(EdgeOperation operation, KernelRule rule) {
        if (!rule.integerOutput()) {
            return;
        }
        EdgeValue root = root(operation.output());
        leastScales.merge(root, KernelLimits.leastScale(operation, rule, type, this), Math::max);
    }

    private EdgeValue root(EdgeValue value) {
        EdgeValue root = value;
        while (parents.containsKey(root)) {
            root = parents.get(root);
        }
        return root;
    }
}
