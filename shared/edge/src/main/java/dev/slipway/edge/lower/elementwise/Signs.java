package dev.slipway.edge.lower.elementwise;

import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;

/** Magnitude and sign of numbers of every type that kernels compute in. */
final class Signs {
    private Signs() {}

    static Term magnitude(Term x) {
        return x.value().type() == TensorType.INT64 ? x.atLeast(x.negated()) : x.magnitude();
    }

    static Term sign(Term x) {
        if (x.value().type() != TensorType.INT64) {
            return x.unary(BuiltinOperator.SIGN);
        }
        return x.isGreater(0).cast(TensorType.INT64).minus(x.isLess(0).cast(TensorType.INT64));
    }

    /** 1 for numbers but 0, as unsigned ones have it. */
    static Term unsignedSign(Term x) {
        return x.cast(TensorType.BOOL).cast(x.value().type());
    }
}
