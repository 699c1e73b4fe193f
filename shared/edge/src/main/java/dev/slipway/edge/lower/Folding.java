package dev.slipway.edge.lower;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Shapes;
import java.util.function.DoubleBinaryOperator;

/** Arithmetic on parameters, such as scales and biases, in FLOAT32, done at once where they are constant. */
public final class Folding {
    private Folding() {}

    /** The product. */
    public static EdgeValue multiply(Kernels kernels, EdgeValue left, EdgeValue right) {
        return canFold(left, right) ? fold(left, right, (a, b) -> a * b) : kernels.multiply(left, right);
    }

    /** The quotient. */
    public static EdgeValue divide(Kernels kernels, EdgeValue left, EdgeValue right) {
        return canFold(left, right) ? fold(left, right, (a, b) -> a / b) : kernels.divide(left, right);
    }

    /** Without an operation where {@code right} is zero. */
    public static EdgeValue subtract(Kernels kernels, EdgeValue left, EdgeValue right) {
        if (isZero(right)) {
            return left;
        }
        return canFold(left, right) ? fold(left, right, (a, b) -> a - b) : kernels.subtract(left, right);
    }

    /** Without an operation where {@code right} is zero. */
    public static EdgeValue add(Kernels kernels, EdgeValue left, EdgeValue right) {
        if (isZero(right)) {
            return left;
        }
        return canFold(left, right) ? fold(left, right, (a, b) -> a + b) : kernels.add(left, right);
    }

    /** Whether the value is constant and all zeros. */
    public static boolean isZero(EdgeValue value) {
        if (!value.isConstant()) {
            return false;
        }
        for (float element : value.floats()) {
            if (element != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean canFold(EdgeValue left, EdgeValue right) {
        int a = Shapes.size(left.shape());
        int b = Shapes.size(right.shape());
        boolean fits = left.shape().equals(right.shape())
                || (a == 1 && left.rank() <= right.rank())
                || (b == 1 && right.rank() <= left.rank());
        return fits && left.isConstant() && right.isConstant();
    }

    // A product, quotient or difference of two floats, rounded from double to float, is what float arithmetic gives.
    private static EdgeValue fold(EdgeValue left, EdgeValue right, DoubleBinaryOperator function) {
        float[] a = left.floats();
        float[] b = right.floats();
        EdgeValue larger = left.rank() > right.rank() || a.length > b.length ? left : right;
        float[] result = new float[larger.floats().length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) function.applyAsDouble(a[a.length == 1 ? 0 : i], b[b.length == 1 ? 0 : i]);
        }
        return EdgeValue.floats(larger.name(), larger.shape(), result);
    }
}
