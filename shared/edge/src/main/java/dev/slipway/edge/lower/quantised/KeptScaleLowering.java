package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.Quantization;
import dev.slipway.tflite.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * DequantizeLinear right behind QuantizeLinear, both by the same constants, as a tensor of 8 bits that knows its scale.
 * Any other is lowered as ever.
 */
record KeptScaleLowering(Lowering other) implements Lowering {
    /** What UINT8 counts from 0, INT8 counts from here. */
    private static final int SHIFT = 128;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Optional<OnnxNode> quantize = context.maker(node, 0)
                .filter(maker -> maker.operator().equals("QuantizeLinear"))
                .filter(maker -> context.facts(maker, 0).type() == ElementType.FLOAT32)
                .filter(maker -> context.outputFacts(node, 0).type() == ElementType.FLOAT32);
        Optional<Quantization> scale = quantize.flatMap(maker -> scale(maker, context))
                .filter(how -> scale(node, context).equals(Optional.of(how)));
        if (scale.isEmpty()) {
            other.lower(node, context);
            return;
        }
        EdgeValue value = context.input(quantize.orElseThrow(), 0);
        Kernels kernels = context.kernels(node);
        EdgeValue integers = EdgeValue.computed(node.inputs().get(0) + "/integers", TensorType.FLOAT32, value.shape())
                .quantised(TensorType.INT8, scale.get());
        OperatorOptions none = new OperatorOptions.None();
        kernels.operations().add(new EdgeOperation(BuiltinOperator.QUANTIZE, none, List.of(value), List.of(integers)));
        context.define(
                node,
                kernels.add(BuiltinOperator.DEQUANTIZE, none, List.of(integers), TensorType.FLOAT32, value.shape()));
    }

    /** The scale of either node, if there is one for all and it is constant, as INT8 has it. */
    private static Optional<Quantization> scale(OnnxNode node, LoweringContext context) {
        boolean quantize = node.operator().equals("QuantizeLinear");
        ElementType type = (quantize ? context.outputFacts(node, 0) : context.facts(node, 0)).type();
        if (type != ElementType.INT8 && type != ElementType.UINT8) {
            return Optional.empty();
        }
        Optional<OnnxTensor> scale =
                context.facts(node, 1).constant().filter(tensor -> tensor.type() == ElementType.FLOAT32);
        Optional<Long> zeroPoint = node.input(2).isEmpty()
                ? Optional.of(0L)
                : context.facts(node, 2)
                        .constant()
                        .filter(tensor -> tensor.size() == 1)
                        .map(tensor -> (long)
                                (type == ElementType.UINT8
                                        ? Byte.toUnsignedInt(tensor.data().get())
                                        : tensor.data().get()));
        return scale.filter(tensor -> tensor.size() == 1)
                .map(tensor -> tensor.floats()[0])
                .filter(number -> number >= Float.MIN_NORMAL && Float.isFinite(number))
                .flatMap(number -> zeroPoint.map(
                        zero -> Quantization.perTensor(number, type == ElementType.UINT8 ? zero - SHIFT : zero)));
    }
}
