package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From version 28 on BitShift takes signed integers, and any amount. Shifts to the right fill with the sign: those of a
 * negative number are those of its complement.
 */
final class SignedShift implements NodeRule {
    @Override
    public boolean concerns(String operator) {
        return operator.equals("BitShift");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        Optional<ElementType> type = context.type(node.inputs().get(0))
                .or(() -> context.type(node.inputs().get(1)))
                .or(() -> context.type(node.outputs().get(0)));
        int bits =
                switch (type.orElse(ElementType.UINT64)) {
                    case INT8 -> Byte.SIZE;
                    case INT16 -> Short.SIZE;
                    case INT32 -> Integer.SIZE;
                    case INT64 -> Long.SIZE;
                    default -> 0;
                };
        return bits == 0 ? List.of(node) : shifted(node, type.get(), bits, new NodeList(context, node));
    }

    private static List<OnnxNode> shifted(OnnxNode node, ElementType type, int bits, NodeList nodes) {
        ElementType signed = bits == Long.SIZE ? ElementType.INT64 : ElementType.INT32;
        ElementType unsigned = bits == Long.SIZE ? ElementType.UINT64 : ElementType.UINT32;
        String number = nodes.cast(node.inputs().get(0), signed);
        String given = nodes.cast(node.inputs().get(1), signed);
        String zero = nodes.scalar(0, signed);
        String tooFar = nodes.add(
                "Or",
                nodes.add("Less", given, zero),
                nodes.add("Not", nodes.add("Less", given, nodes.scalar(bits, signed))));
        boolean left = node.text("direction").orElse("").equals("LEFT");
        String result;
        if (left) {
            String amount = nodes.add("Where", tooFar, zero, given);
            String shift = shift(nodes, node, nodes.cast(number, unsigned), nodes.cast(amount, unsigned));
            result = nodes.add("Where", tooFar, zero, nodes.cast(shift, signed));
        } else {
            String most = nodes.scalar(bits - 1, signed);
            String amount = nodes.add("Where", tooFar, most, given);
            String minusOne = nodes.scalar(-1, signed);
            String negative = nodes.add("Less", number, zero);
            String bare = nodes.add("Where", negative, nodes.add("Sub", minusOne, number), number);
            String shift =
                    nodes.cast(shift(nodes, node, nodes.cast(bare, unsigned), nodes.cast(amount, unsigned)), signed);
            result = nodes.add("Where", negative, nodes.add("Sub", minusOne, shift), shift);
        }
        return nodes.ending("Cast", NodeList.to(type), result);
    }

    private static String shift(NodeList nodes, OnnxNode node, String number, String amount) {
        Map<String, AttributeValue> attributes = node.attributes();
        return nodes.add("BitShift", attributes, number, amount);
    }
}
