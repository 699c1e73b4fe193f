package dev.slipway.tflite;

import java.util.List;

/** The fixed settings of an operator, named as in TFLite's schema. */
public sealed interface OperatorOptions {

    /** Settings of an operator that can apply an activation to its result at no cost. */
    sealed interface Activated extends OperatorOptions {
        Activation activation();

        OperatorOptions withActivation(Activation other);
    }

    /** The operator has no settings. */
    record None() implements OperatorOptions {}

    /** Settings that this library does not interpret, by their number in the schema's union. They can't be written. */
    record Other(int type) implements OperatorOptions {}

    record Convolution(
            Padding padding,
            int strideHeight,
            int strideWidth,
            int dilationHeight,
            int dilationWidth,
            Activation activation)
            implements Activated {
        @Override
        public OperatorOptions withActivation(Activation other) {
            return new Convolution(padding, strideHeight, strideWidth, dilationHeight, dilationWidth, other);
        }
    }

    record DepthwiseConvolution(
            Padding padding,
            int strideHeight,
            int strideWidth,
            int dilationHeight,
            int dilationWidth,
            int multiplier,
            Activation activation)
            implements Activated {
        @Override
        public OperatorOptions withActivation(Activation other) {
            return new DepthwiseConvolution(
                    padding, strideHeight, strideWidth, dilationHeight, dilationWidth, multiplier, other);
        }
    }

    record Pooling(
            Padding padding,
            int strideHeight,
            int strideWidth,
            int filterHeight,
            int filterWidth,
            Activation activation)
            implements Activated {
        @Override
        public OperatorOptions withActivation(Activation other) {
            return new Pooling(padding, strideHeight, strideWidth, filterHeight, filterWidth, other);
        }
    }

    record FullyConnected(boolean keepDimensions, Activation activation) implements Activated {
        @Override
        public OperatorOptions withActivation(Activation other) {
            return new FullyConnected(keepDimensions, other);
        }
    }

    /** Of ADD, SUB, MUL and DIV. */
    record Arithmetic(Activation activation) implements Activated {
        @Override
        public OperatorOptions withActivation(Activation other) {
            return new Arithmetic(other);
        }
    }

    record Concatenation(int axis) implements OperatorOptions {}

    record Softmax(float beta) implements OperatorOptions {}

    /** The new shape is also the operator's second input; at most one length is -1. */
    record Reshape(List<Integer> shape) implements OperatorOptions {
        public Reshape {
            shape = List.copyOf(shape);
        }
    }

    /** Of MEAN, SUM, REDUCE_MAX and their like. */
    record Reduction(boolean keepDimensions) implements OperatorOptions {}

    record BatchMatMul(boolean transposeLeft, boolean transposeRight) implements OperatorOptions {}

    record LeakyRelu(float alpha) implements OperatorOptions {}
}
