package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** ConstantOfShape: FILL. */
final class ConstantOfShapeLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        TensorType type = Moved.wideType(node, context);
        List<Integer> shape = context.outputShape(node);
        EdgeValue scalar = value(node).cast(type);
        EdgeValue lengths = Shapes.isFixed(shape)
                ? EdgeValue.integers("shape", shape)
                : kernels.cast(context.held(node, 0), TensorType.INT32);
        Moved.define(node, context, new LengthArithmetic(kernels).filled(lengths, scalar, shape));
    }

    private static EdgeValue value(OnnxNode node) {
        if (node.attributes().get("value") instanceof AttributeValue.TensorValue tensor) {
            return scalar(tensor.value());
        }
        return EdgeValue.scalar(TensorType.FLOAT32, 0);
    }

    private static EdgeValue scalar(OnnxTensor tensor) {
        if (tensor.type() == ElementType.BFLOAT16) {
            ByteBuffer widened = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            widened.putInt(tensor.data().getShort() << Short.SIZE);
            return EdgeValue.constant("value", TensorType.FLOAT32, List.of(), widened.flip());
        }
        return EdgeValue.constant(
                "value", dev.slipway.edge.lower.ElementTypes.own(tensor.type()), List.of(), tensor.data());
    }
}
