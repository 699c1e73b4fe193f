package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;
import java.util.stream.IntStream;

/** Concat along one axis. */
final class ConcatenationLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        List<EdgeValue> inputs = IntStream.range(0, node.inputs().size())
                .mapToObj(i -> context.input(node, i))
                .toList();
        long axis = node.integer("axis")
                .orElseThrow(() -> context.refusal("attribute", "it names no axis along which to concatenate"));
        OperatorOptions options = new OperatorOptions.Concatenation(
                Math.floorMod(axis, inputs.get(0).rank()));
        context.define(
                node, context.add(node, BuiltinOperator.CONCATENATION, options, inputs, context.outputShape(node)));
    }
}
