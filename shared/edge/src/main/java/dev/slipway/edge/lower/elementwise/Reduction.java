package dev.slipway.edge.lower.elementwise;

import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.function.BiFunction;

/**
 * What a reduction computes.
 *
 * @param formula of the input, by TFLite's reductions
 * @param ofNothing the result over no elements
 * @param onlyOrders whether the result is one of the elements, chosen by their order
 */
record Reduction(BiFunction<Term, Reducer, Term> formula, double ofNothing, boolean onlyOrders) {
    static final Reduction SUM = arithmetic((x, over) -> over.reduce(BuiltinOperator.SUM, x), 0);
    static final Reduction MEAN = arithmetic((x, over) -> over.reduce(BuiltinOperator.MEAN, x), Double.NaN);
    static final Reduction PRODUCT = arithmetic((x, over) -> over.reduce(BuiltinOperator.REDUCE_PROD, x), 1);
    static final Reduction MAXIMUM = new Reduction(Reduction::maximum, Double.NEGATIVE_INFINITY, true);
    static final Reduction MINIMUM = new Reduction(Reduction::minimum, Double.POSITIVE_INFINITY, true);
    static final Reduction MAGNITUDES =
            arithmetic((x, over) -> over.reduce(BuiltinOperator.SUM, Signs.magnitude(x)), 0);
    static final Reduction SQUARES = arithmetic((x, over) -> over.reduce(BuiltinOperator.SUM, x.times(x)), 0);
    static final Reduction LENGTH =
            inFloats((x, over) -> over.reduce(BuiltinOperator.SUM, x.times(x)).squareRoot(), 0);
    static final Reduction LOG_OF_SUM =
            inFloats((x, over) -> over.reduce(BuiltinOperator.SUM, x).logarithm(), Double.NEGATIVE_INFINITY);
    static final Reduction LOG_OF_EXPONENTIALS = inFloats(Reduction::logarithmOfExponentials, Double.NEGATIVE_INFINITY);

    Term apply(Term input, Reducer over) {
        return formula.apply(input, over);
    }

    private static Reduction arithmetic(BiFunction<Term, Reducer, Term> formula, double ofNothing) {
        return new Reduction(formula, ofNothing, false);
    }

    private static Reduction inFloats(BiFunction<Term, Reducer, Term> formula, double ofNothing) {
        return arithmetic(
                (x, over) -> formula.apply(x.cast(TensorType.FLOAT32), over)
                        .cast(x.value().type()),
                ofNothing);
    }

    private static Term maximum(Term x, Reducer over) {
        boolean isCondition = x.value().type() == TensorType.BOOL;
        return over.reduce(isCondition ? BuiltinOperator.REDUCE_ANY : BuiltinOperator.REDUCE_MAX, x);
    }

    private static Term minimum(Term x, Reducer over) {
        boolean isCondition = x.value().type() == TensorType.BOOL;
        return over.reduce(isCondition ? BuiltinOperator.REDUCE_ALL : BuiltinOperator.REDUCE_MIN, x);
    }

    /** The greatest exponent is taken out, so that none overflows; an infinite one has nothing to take out. */
    private static Term logarithmOfExponentials(Term x, Reducer over) {
        Term greatest = finite(over.reduceKeeping(BuiltinOperator.REDUCE_MAX, x));
        Term sum = over.reduce(BuiltinOperator.SUM, x.minus(greatest).exponential());
        return sum.logarithm().plus(finite(over.reduce(BuiltinOperator.REDUCE_MAX, x)));
    }

    private static Term finite(Term x) {
        return x.magnitude().equals(Double.POSITIVE_INFINITY).choose(x.number(0), x);
    }
}
