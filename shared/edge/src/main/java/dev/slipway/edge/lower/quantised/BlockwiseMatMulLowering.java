package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.edge.lower.Operand;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** MatMulNBits: constant weights of a few bits, scaled in blocks, become floats. */
final class BlockwiseMatMulLowering implements Lowering {
    private static final int BIAS = 5;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        int rows = attribute(node, "K");
        int columns = attribute(node, "N");
        int block = attribute(node, "block_size");
        int bits = node.integer("bits").map(Math::toIntExact).orElse(4);
        Optional<OnnxTensor> zeroPoints = context.constant(node, 3);
        boolean packed =
                zeroPoints.map(tensor -> tensor.type() == ElementType.UINT8).orElse(true);
        if (node.input(4).isPresent() || !packed || (bits != 4 && bits != 8)) {
            throw context.refusal("weight-bits", "only weights of 4 or 8 bits in their own order are supported");
        }
        ByteBuffer weights = context.constant(node, 1).orElseThrow().data();
        context.constant(node, 2);
        float[] scales = context.input(node, 2).floats();
        int blocks = (rows + block - 1) / block;
        int perByte = Byte.SIZE / bits;
        int zeroStride = (blocks + perByte - 1) / perByte;
        float[] floats = new float[Math.multiplyExact(rows, columns)];
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                int place = row / block;
                int first = column * blocks * block / perByte;
                int zero = zeroPoints.isPresent()
                        ? bitsAt(zeroPoints.get().data(), column * zeroStride, place, bits)
                        : 1 << (bits - 1);
                int value = bitsAt(weights, first, row, bits);
                floats[row * columns + column] = (value - zero) * scales[column * blocks + place];
            }
        }
        EdgeValue product = context.compose(
                node,
                "MatMul",
                Map.of(),
                List.of(
                        Operand.floats(
                                context.input(node, 0), context.facts(node, 0).extents()),
                        Operand.constant(OnnxTensor.float32(node.inputs().get(1), List.of(rows, columns), floats))),
                Operand.floats(context.outputFacts(node, 0).extents()));
        context.define(
                node,
                node.input(BIAS).isEmpty() ? product : context.kernels(node).add(product, context.input(node, BIAS)));
    }

    /** Number {@code index} of those packed from byte {@code first} on, the lowest bits first. */
    private static int bitsAt(ByteBuffer data, int first, int index, int bits) {
        int perByte = Byte.SIZE / bits;
        int whole = Byte.toUnsignedInt(data.get(first + index / perByte));
        return (whole >> (index % perByte * bits)) & ((1 << bits) - 1);
    }

    private static int attribute(OnnxNode node, String name) {
        return Math.toIntExact(node.integer(name).orElseThrow());
    }
}
