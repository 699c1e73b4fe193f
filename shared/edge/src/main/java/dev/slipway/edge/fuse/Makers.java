package dev.slipway.edge.fuse;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What makes the values of a graph: nodes or constants. */
final class Makers {
    private static final double CLOSE = 1e-3;
    private static final Set<String> OF_TWO = Set.of("Add", "Div", "Mul", "Pow", "Sub");

    private final Map<String, OnnxNode> nodes = new HashMap<>();
    private final Map<String, OnnxTensor> constants = new HashMap<>();

    Makers(OnnxGraph graph) {
        constants.putAll(graph.constants());
        graph.nodes().forEach(node -> node.outputs().forEach(output -> nodes.put(output, node)));
    }

    /** The node that makes the value, if it is this operator of ONNX's own. */
    Optional<OnnxNode> node(String value, String operator) {
        return Optional.ofNullable(nodes.get(value))
                .filter(node -> node.domain().isEmpty() && node.operator().equals(operator) && isWhole(node));
    }

    /** Whether the node has the inputs and outputs that it needs, which nobody has checked yet. */
    static boolean isWhole(OnnxNode node) {
        int least = OF_TWO.contains(node.operator()) ? 2 : node.operator().equals("Constant") ? 0 : 1;
        return node.inputs().size() >= least && !node.outputs().isEmpty();
    }

    Optional<OnnxTensor> constant(String value) {
        return Optional.ofNullable(constants.get(value)).or(() -> node(value, "Constant")
                .map(node -> node.attributes().get("value"))
                .filter(AttributeValue.TensorValue.class::isInstance)
                .map(attribute -> ((AttributeValue.TensorValue) attribute).value()));
    }

    /** The number that the value is, if it is a constant of one float. */
    Optional<Double> number(String value) {
        return constant(value)
                .filter(tensor -> tensor.type() == ElementType.FLOAT32 && tensor.size() == 1)
                .map(tensor -> (double) tensor.floats()[0]);
    }

    boolean isNumber(String value, double number) {
        return number(value).filter(known -> isClose(known, number)).isPresent();
    }

    static boolean isClose(double left, double right) {
        return Math.abs(left - right) <= CLOSE * Math.abs(right);
    }

    /** The other input of a node of two, one of which is this number. */
    Optional<String> besides(OnnxNode node, double number) {
        List<String> inputs = node.inputs();
        if (inputs.size() != 2) {
            return Optional.empty();
        }
        if (isNumber(inputs.get(1), number)) {
            return Optional.of(inputs.get(0));
        }
        return isNumber(inputs.get(0), number) ? Optional.of(inputs.get(1)) : Optional.empty();
    }
}
