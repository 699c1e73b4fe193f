package dev.slipway.edge.lower.movement;

import static dev.slipway.edge.lower.OperatorEntry.onnx;

import dev.slipway.edge.lower.OperatorEntry;
import dev.slipway.edge.lower.OperatorFamily;
import java.util.List;

/** Operators that move elements and make shapes. */
public final class MovementOperators implements OperatorFamily {
    @Override
    public List<OperatorEntry> entries() {
        return List.of(
                onnx("Reshape", 5, new ReshapeLowering(), "RESHAPE"),
                onnx("Flatten", 1, new ReshapeLowering(), "RESHAPE"),
                onnx("Squeeze", 1, new ReshapeLowering(), "RESHAPE"),
                onnx("Unsqueeze", 1, new ReshapeLowering(), "RESHAPE"),
                onnx("Transpose", 1, new TransposeLowering(), "TRANSPOSE"),
                onnx("Concat", 4, new ConcatenationLowering(), "CONCATENATION"));
    }
}
