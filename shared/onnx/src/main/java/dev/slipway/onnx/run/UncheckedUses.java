package dev.slipway.onnx.run;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses uses of operators that ONNX Runtime 1.29 takes without looking, and that end the whole process. */
final class UncheckedUses {
    /** Those that take any number of inputs, none of which may be left out. */
    private static final Set<String> OF_MANY = Set.of("Concat", "Einsum", "Max", "Mean", "Min", "Sum");

    private static final int STEPS = 4;
    /** No tensor has as many axes. */
    private static final long MOST_AXES = 64;
    /** Products with lengths stay in range below this. */
    private static final long LONGEST_STEP = Integer.MAX_VALUE;

    private UncheckedUses() {}

    /** Fails with {@code onnx.malformed} at the first of them. */
    static void check(OnnxGraph graph) {
        check(graph, Map.of());
    }

    private static void check(OnnxGraph graph, Map<String, OnnxTensor> outside) {
        Map<String, OnnxTensor> constants = new HashMap<>(outside);
        constants.putAll(graph.constants());
        for (OnnxNode node : graph.nodes()) {
            if (node.domain().isEmpty()) {
                checkOwn(node, constants);
            }
            node.bodies().forEach(body -> check(body, constants));
        }
    }

    private static void checkOwn(OnnxNode node, Map<String, OnnxTensor> constants) {
        if (node.operator().equals("Constant")
                && node.attributes().get("value") instanceof AttributeValue.TensorValue constant
                && !node.outputs().isEmpty()) {
            constants.put(node.outputs().get(0), constant.value());
        }
        if (node.attributes().get("axis") instanceof AttributeValue.IntegerValue axis
                && Math.abs((double) axis.value()) > MOST_AXES) {
            throw malformed(node, "has the axis " + axis.value());
        }
        if (OF_MANY.contains(node.operator()) && node.inputs().contains("")) {
            throw malformed(node, "lacks an input");
        }
        if (node.operator().equals("Split")
                && node.attributes().get("num_outputs") instanceof AttributeValue.IntegerValue count
                && count.value() != node.outputs().size()) {
            throw malformed(
                    node,
                    "says that it has " + count.value() + " outputs, but has "
                            + node.outputs().size());
        }
        if (node.operator().equals("Slice")) {
            node.input(STEPS).map(constants::get).ifPresent(steps -> checkSteps(node, steps));
        }
    }

    private static void checkSteps(OnnxNode node, OnnxTensor steps) {
        boolean integers = List.of(ElementType.INT32, ElementType.INT64).contains(steps.type());
        if (integers && Arrays.stream(steps.longs()).anyMatch(step -> Math.abs((double) step) > LONGEST_STEP)) {
            throw malformed(node, "has the steps " + Arrays.toString(steps.longs()));
        }
    }

    private static SlipwayException malformed(OnnxNode node, String why) {
        return SlipwayException.invalid(
                "onnx.malformed",
                "Node '" + node.label() + "' (" + node.operator() + ") " + why + "; export the model again.");
    }
}
