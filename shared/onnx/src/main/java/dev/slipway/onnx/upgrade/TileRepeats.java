package dev.slipway.onnx.upgrade;

import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import java.util.Arrays;
import java.util.List;

/** Tile repeated one axis before it took a count for each in version 6. */
final class TileRepeats implements UpgradeRule {
    @Override
    public long since() {
        return 6;
    }

    @Override
    public boolean concerns(String operator) {
        return operator.equals("Tile");
    }

    @Override
    public List<OnnxNode> rewrite(OnnxNode node, UpgradeContext context) {
        if (node.inputs().size() < 3) {
            return List.of(node);
        }
        int rank = context.rank(node.inputs().get(0))
                .orElseThrow(() -> UpgradeContext.refused(node, "the rank of its input is not declared"));
        long[] repeats = new long[rank];
        Arrays.fill(repeats, 1);
        repeats[(int) Math.floorMod(constant(node, 2, context), (long) Math.max(rank, 1))] = constant(node, 1, context);
        OnnxNode counts = context.integers(node.outputs().get(0), repeats);
        return List.of(
                counts,
                node.withInputs(List.of(node.inputs().get(0), counts.outputs().get(0))));
    }

    /** Version 1 gave tile count and axis in the type of the data. */
    private static long constant(OnnxNode node, int input, UpgradeContext context) {
        OnnxTensor tensor = context.constant(node.inputs().get(input))
                .filter(value -> value.size() == 1)
                .orElseThrow(() -> UpgradeContext.refused(node, "its input " + input + " is not one constant"));
        return tensor.type() == ElementType.FLOAT32 ? (long) tensor.floats()[0] : tensor.longs()[0];
    }
}
