package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.Optional;

/** Pow: products and roots for the exponents that they fit, otherwise POW; the result has the base's type. */
final class PowerLowering implements Lowering {
    /** 2⁶ - 1 is the largest exponent of a base but 0, 1 and -1 that INT64 has room for. */
    private static final int EXPONENT_BITS = 6;

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Term base = new Term(context.kernels(node), context.input(node, 0));
        Term exponent = base.with(context.input(node, 1));
        Optional<Term> simple = single(exponent.value()).flatMap(number -> simple(base, number));
        boolean stretches = exponent.value().rank() > base.value().rank();
        Term power;
        if (simple.isPresent() && !stretches) {
            power = simple.get();
        } else if (base.value().type() == TensorType.FLOAT32) {
            power = base.binary(BuiltinOperator.POW, exponent.cast(TensorType.FLOAT32));
        } else if (exponent.value().type() == TensorType.FLOAT32) {
            power = base.cast(TensorType.FLOAT32)
                    .binary(BuiltinOperator.POW, exponent)
                    .cast(base.value().type());
        } else {
            power = integer(base, exponent.cast(TensorType.INT32));
        }
        context.define(node, context.wrapped(node, power.value()));
    }

    /** The exponent, if it is one known number. */
    private static Optional<Double> single(EdgeValue exponent) {
        if (!exponent.isConstant() || exponent.shape().stream().anyMatch(length -> length != 1)) {
            return Optional.empty();
        }
        return Optional.of((double) exponent.cast(TensorType.FLOAT32).floats()[0]);
    }

    private static Optional<Term> simple(Term base, double exponent) {
        if (exponent == 1) {
            return Optional.of(base);
        } else if (exponent == 2) {
            return Optional.of(base.times(base));
        } else if (exponent == 3) {
            return Optional.of(base.times(base).times(base));
        } else if (exponent == 0.5 && base.value().type() == TensorType.FLOAT32) {
            return Optional.of(base.squareRoot());
        } else if (exponent == -1 && base.value().type() == TensorType.FLOAT32) {
            return Optional.of(base.dividing(1));
        }
        return Optional.empty();
    }

    /** By the exponent's bits, each of which multiplies by a base squared once more; negative ones by floats. */
    private static Term integer(Term base, Term exponent) {
        Term rest = exponent.atMost((1 << EXPONENT_BITS) - 1).atLeast(0);
        Term square = base;
        Term product = null;
        for (int bit = 0; bit < EXPONENT_BITS; bit++) {
            Term odd = rest.binary(BuiltinOperator.FLOOR_MOD, rest.number(2));
            Term factor = odd.equals(1).choose(square, square.number(1));
            product = product == null ? factor : product.times(factor);
            rest = rest.minus(odd).over(rest.number(2));
            square = bit == EXPONENT_BITS - 1 ? square : square.times(square);
        }
        Term fraction = base.cast(TensorType.FLOAT32)
                .binary(BuiltinOperator.POW, exponent.cast(TensorType.FLOAT32).atMost(0))
                .cast(base.value().type());
        return exponent.isLess(0).choose(fraction, product);
    }
}
