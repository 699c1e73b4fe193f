package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.List;

/** BOOL matrices that say which elements stand on, above or below a diagonal. */
record Diagonals(Kernels kernels) {
    private static final int LARGEST_CONSTANT = 1 << 16;

    /**
     * Compares column number with row number plus offset, which is an INT32 scalar: EQUAL gives the diagonal,
     * GREATER_EQUAL what is on and above it, LESS_EQUAL what is on and below it.
     */
    EdgeValue compared(BuiltinOperator comparison, Length rows, Length columns, EdgeValue offset) {
        List<Integer> shape = Kernels.known(List.of(rows, columns));
        if (Shapes.isFixed(shape) && offset.isConstant() && (long) shape.get(0) * shape.get(1) <= LARGEST_CONSTANT) {
            return constant(comparison, shape, offset.integers().get(0));
        }
        LengthArithmetic arithmetic = new LengthArithmetic(kernels);
        EdgeValue row = kernels.unsqueeze(kernels.add(arithmetic.range(rows), offset), List.of(1));
        EdgeValue column = kernels.unsqueeze(arithmetic.range(columns), List.of(0));
        return kernels.compare(comparison, column, row);
    }

    private static EdgeValue constant(BuiltinOperator comparison, List<Integer> shape, int offset) {
        boolean[] holds = new boolean[shape.get(0) * shape.get(1)];
        for (int row = 0; row < shape.get(0); row++) {
            for (int column = 0; column < shape.get(1); column++) {
                int side = Long.compare(column, (long) row + offset);
                holds[row * shape.get(1) + column] = switch (comparison) {
                    case EQUAL -> side == 0;
                    case GREATER_EQUAL -> side >= 0;
                    case LESS_EQUAL -> side <= 0;
                    default -> throw new IllegalArgumentException(comparison + " compares no diagonal");
                };
            }
        }
        return EdgeValue.booleans("diagonal", shape, holds);
    }

    /** The number as an INT32 scalar. */
    static EdgeValue offset(long number) {
        return EdgeValue.scalar(TensorType.INT32, Indices.saturated(number));
    }
}
