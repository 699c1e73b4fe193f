package dev.slipway.edge.probe;

import dev.slipway.onnx.OnnxNode;
import java.util.Set;

/** Which inputs determine by their length how many axes an output has. */
final class RankInputs {
    private RankInputs() {}

    static Set<Integer> of(OnnxNode node) {
        boolean dropsAxes =
                node.operator().startsWith("Reduce") && node.integer("keepdims").orElse(1L) == 0;
        return switch (node.operator()) {
            case "Reshape", "Expand", "Squeeze", "Unsqueeze" -> Set.of(1);
            case "ConstantOfShape" -> Set.of(0);
            // Without axes it drops all that happen to be 1 long.
            default -> dropsAxes ? Set.of(1) : Set.of();
        };
    }
}
