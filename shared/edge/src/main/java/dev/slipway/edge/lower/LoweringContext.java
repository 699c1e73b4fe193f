package dev.slipway.edge.lower;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.OperationList;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.probe.ProbedModel;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a lowering asks and tells: facts about ONNX values, and the operations that make them. */
final class LoweringContext {
    private final ProbedModel model;
    private final OperationList operations = new OperationList();
    private final Map<String, EdgeValue> values = new HashMap<>();
    private final Set<String> read = new LinkedHashSet<>();

    LoweringContext(ProbedModel model) {
        this.model = model;
    }

    long opset() {
        return model.model().opset();
    }

    /** What was found out about input {@code index} of the node, which must be there. */
    ValueFacts facts(OnnxNode node, int index) {
        return node.input(index)
                .flatMap(model::of)
                .orElseThrow(() -> refusal("no-tensor", "its input " + index + " is no dense tensor"));
    }

    /** The shape of the node's output, -1 where open. */
    List<Integer> outputShape(OnnxNode node) {
        return model.of(node.outputs().get(0))
                .orElseThrow(() -> refusal("no-tensor", "its output is no dense tensor"))
                .shape();
    }

    /** The value of input {@code index} of the node. */
    EdgeValue input(OnnxNode node, int index) {
        ValueFacts facts = facts(node, index);
        String name = node.inputs().get(index);
        read.add(name);
        if (facts.type() != ElementType.FLOAT32) {
            throw refusal("type", "its input '" + name + "' is " + facts.type() + ", but only FLOAT32 is supported");
        }
        return facts.constant()
                .map(tensor -> EdgeValue.floats(name, tensor.shape(), tensor.floats()))
                .orElseGet(() -> values.computeIfAbsent(
                        name, key -> EdgeValue.computed(key, TensorType.FLOAT32, facts.shape())));
    }

    /** The elements of input {@code index}, if it was given. They must depend on no input of the model. */
    Optional<OnnxTensor> constant(OnnxNode node, int index) {
        if (node.input(index).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(facts(node, index)
                .constant()
                .orElseThrow(() -> refusal(
                        "not-constant",
                        "its input " + index + " ('" + node.inputs().get(index) + "') must be constant")));
    }

    /** Says which value the node's first output is. */
    void define(OnnxNode node, EdgeValue value) {
        values.put(node.outputs().get(0), value);
    }

    /** The values asked for since the last call; what a lowering asks only facts about is not needed as a value. */
    Set<String> takeRead() {
        Set<String> taken = Set.copyOf(read);
        read.clear();
        return taken;
    }

    void defineInput(EdgeValue value) {
        values.put(value.name(), value);
    }

    Optional<EdgeValue> defined(String name) {
        return Optional.ofNullable(values.get(name));
    }

    OperationList operations() {
        return operations;
    }

    EdgeValue add(
            OnnxNode node,
            BuiltinOperator operator,
            OperatorOptions options,
            List<EdgeValue> inputs,
            List<Integer> shape) {
        return operations.add(operator, options, inputs, node.outputs().get(0), shape);
    }

    EdgeValue transpose(EdgeValue value, Permutation order) {
        // Left to the layout pass even if it could be a reshape: only transposes cancel.
        if (order.isIdentity() || value.isConstant()) {
            return operations.transpose(value, order);
        }
        return operations.add(
                BuiltinOperator.TRANSPOSE,
                new OperatorOptions.None(),
                List.of(value, EdgeValue.integers("order", order.axes())),
                value.name(),
                order.apply(value.shape()));
    }

    /** Gives the value another shape, of which RESHAPE can infer one open length at most. */
    EdgeValue reshape(EdgeValue value, List<Integer> shape) {
        if (!value.shape().equals(shape) && !OperationList.isReachableByReshape(shape)) {
            throw refusal("several-open-lengths", "it reshapes to " + shape + ", and only one length may be open");
        }
        return operations.reshape(value, shape);
    }

    /** The reason code is stable; {@code why} follows the node's name in the message. */
    SlipwayException refusal(String reason, String why) {
        return SlipwayException.unsupported("edge." + reason, why);
    }
}
