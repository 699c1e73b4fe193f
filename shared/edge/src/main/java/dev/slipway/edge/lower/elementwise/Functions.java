package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;

/**
 * Functions of one float that TFLite has no kernel for, in forms that keep their precision near 0 and give what
 * mathematics gives at infinities; NaN stays NaN.
 */
final class Functions {
    /** From here on 1 is lost beside a square. */
    private static final double LARGE = 1e4;

    private static final double LOG_2 = Math.log(2);

    // erf(x) = x P(x²) / Q(x²) for |x| ≤ 4, exact to 3 units in the last place; beyond, it is ±1. The coefficients are
    // those of Eigen's float erf (MPL 2.0 library; the numbers are facts of approximation, found by minimax fitting).
    private static final double[] ERF_NUMERATOR = {
        -2.72614225801306e-10,
        2.77068142495902e-08,
        -2.10102402082508e-06,
        -5.69250639462346e-05,
        -7.34990630326855e-04,
        -2.95459980854025e-03,
        -1.60960333262415e-02
    };
    private static final double[] ERF_DENOMINATOR = {
        -1.45660718464996e-05,
        -2.13374055278905e-04,
        -1.68282697438203e-03,
        -7.37332916720468e-03,
        -1.42647390514189e-02
    };
    private static final double ERF_BOUND = 4;

    // x(1 + x²/3! + x⁴/5! + x⁶/7! + x⁸/9!) has a relative error below 3e-8 for |x| ≤ 1.
    private static final double[] SINH_SERIES = {1 / 362880d, 1 / 5040d, 1 / 120d, 1 / 6d, 1};

    private Functions() {}

    static Term tangent(Term x) {
        return x.unary(BuiltinOperator.SIN).over(x.unary(BuiltinOperator.COS));
    }

    static Term arcSine(Term x) {
        return x.binary(BuiltinOperator.ATAN2, oppositeSide(x));
    }

    static Term arcCosine(Term x) {
        return oppositeSide(x).binary(BuiltinOperator.ATAN2, x);
    }

    static Term arcTangent(Term x) {
        EdgeValue ones = x.kernels()
                .add(
                        BuiltinOperator.FILL,
                        new OperatorOptions.None(),
                        List.of(x.kernels().shape(x.value()), EdgeValue.scalar(TensorType.FLOAT32, 1)),
                        TensorType.FLOAT32,
                        x.value().shape());
        return x.binary(BuiltinOperator.ATAN2, x.with(ones));
    }

    static Term hyperbolicSine(Term x) {
        Term series = polynomial(x.times(x), SINH_SERIES).times(x);
        return x.magnitude().isGreater(1).choose(halfPower(x, 0.5).minus(halfPower(x, -0.5)), series);
    }

    static Term hyperbolicCosine(Term x) {
        return halfPower(x, 0.5).plus(halfPower(x, -0.5));
    }

    static Term areaSine(Term x) {
        Term magnitude = x.magnitude();
        Term square = magnitude.times(magnitude);
        Term small = logarithmOfOnePlus(
                magnitude.plus(square.over(square.plus(1).squareRoot().plus(1))));
        Term result = magnitude.isGreater(LARGE).choose(logarithmOfDouble(magnitude), small);
        return x.isLess(0).choose(result.negated(), result);
    }

    static Term areaCosine(Term x) {
        Term above = x.minus(1);
        // Two roots instead of one of the product: both are NaN below 1.
        Term root = above.squareRoot().times(above.plus(2).squareRoot());
        return x.isGreater(LARGE).choose(logarithmOfDouble(x), logarithmOfOnePlus(above.plus(root)));
    }

    static Term areaTangent(Term x) {
        return logarithmOfOnePlus(x).minus(logarithmOfOnePlus(x.negated())).times(0.5);
    }

    static Term error(Term x) {
        Term square = x.times(x);
        Term ratio = polynomial(square, ERF_NUMERATOR).times(x).over(polynomial(square, ERF_DENOMINATOR));
        return x.magnitude().isGreater(ERF_BOUND).choose(x.unary(BuiltinOperator.SIGN), ratio);
    }

    /** log(1 + exp(x)). */
    static Term softplus(Term x) {
        return x.atLeast(0).plus(x.magnitude().negated().exponential().plus(1).logarithm());
    }

    /** log(1 + x), also where x is lost beside 1: what rounding took from 1 + x is put back as a ratio. */
    static Term logarithmOfOnePlus(Term x) {
        Term sum = x.plus(1);
        Term kept = sum.minus(1);
        return kept.equals(0).choose(x, sum.logarithm().times(x.over(kept)));
    }

    private static Term logarithmOfDouble(Term x) {
        return x.logarithm().plus(LOG_2);
    }

    /** exp(2fx) / 2 without overflowing before the result does. */
    private static Term halfPower(Term x, double factor) {
        Term root = x.times(factor).exponential();
        return root.times(0.5).times(root);
    }

    /** √(1 - x²), without losing digits near 1. */
    private static Term oppositeSide(Term x) {
        return x.number(1).minus(x).times(x.plus(1)).squareRoot();
    }

    /** By Horner's rule, the highest power's coefficient first. */
    private static Term polynomial(Term x, double[] coefficients) {
        Term sum = x.times(coefficients[0]).plus(coefficients[1]);
        for (int i = 2; i < coefficients.length; i++) {
            sum = sum.times(x).plus(coefficients[i]);
        }
        return sum;
    }
}
