package dev.slipway.edge.lower.elementwise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;

/** A value in a formula, so that a composition of kernels reads like the mathematics that it is. */
record Term(Kernels kernels, EdgeValue value) {

    /** A number of this term's type. */
    Term number(double number) {
        return with(EdgeValue.scalar(value.type(), number));
    }

    Term plus(Term other) {
        return with(kernels.add(value, other.value));
    }

    Term plus(double number) {
        return plus(number(number));
    }

    Term minus(Term other) {
        return with(kernels.subtract(value, other.value));
    }

    Term minus(double number) {
        return minus(number(number));
    }

    Term times(Term other) {
        return with(kernels.multiply(value, other.value));
    }

    Term times(double number) {
        return times(number(number));
    }

    Term over(Term other) {
        return with(kernels.divide(value, other.value));
    }

    /** The number divided by this. */
    Term dividing(double number) {
        return number(number).over(this);
    }

    Term negated() {
        return unary(BuiltinOperator.NEG);
    }

    Term magnitude() {
        return unary(BuiltinOperator.ABS);
    }

    Term exponential() {
        return unary(BuiltinOperator.EXP);
    }

    Term logarithm() {
        return unary(BuiltinOperator.LOG);
    }

    Term squareRoot() {
        return unary(BuiltinOperator.SQRT);
    }

    Term logistic() {
        return unary(BuiltinOperator.LOGISTIC);
    }

    Term unary(BuiltinOperator operator) {
        return with(kernels.unary(operator, value));
    }

    /** A function of this and another, which must have the same shape for kernels that don't broadcast. */
    Term binary(BuiltinOperator operator, Term other) {
        return with(kernels.binary(operator, value, other.value));
    }

    Term atLeast(Term other) {
        return with(kernels.maximum(value, other.value));
    }

    Term atLeast(double number) {
        return atLeast(number(number));
    }

    Term atMost(Term other) {
        return with(kernels.minimum(value, other.value));
    }

    Term atMost(double number) {
        return atMost(number(number));
    }

    Term isLess(double number) {
        return compared(BuiltinOperator.LESS, number(number));
    }

    Term isGreater(double number) {
        return compared(BuiltinOperator.GREATER, number(number));
    }

    Term equals(double number) {
        return compared(BuiltinOperator.EQUAL, number(number));
    }

    Term compared(BuiltinOperator operator, Term other) {
        return with(kernels.compare(operator, value, other.value));
    }

    /** Of a condition: {@code then} where it holds, else {@code otherwise}. */
    Term choose(Term then, Term otherwise) {
        return with(kernels.select(value, then.value, otherwise.value));
    }

    Term cast(TensorType type) {
        return with(kernels.cast(value, type));
    }

    Term with(EdgeValue other) {
        return new Term(kernels, other);
    }
}
