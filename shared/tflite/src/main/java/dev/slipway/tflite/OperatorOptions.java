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

    /** Of CUSTOM operators: what their makers call them. They are read in foreign files, never written. */
    record Custom(String name) implements OperatorOptions {}

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

    /** With 8-bit weights and float inputs, the inputs are quantised on the fly, asymmetrically where that is asked. */
    record FullyConnected(boolean keepDimensions, boolean asymmetricQuantizeInputs, Activation activation)
            implements Activated {
        public FullyConnected(boolean keepDimensions, Activation activation) {
            this(keepDimensions, false, activation);
        }

        @Override
        public OperatorOptions withActivation(Activation other) {
            return new FullyConnected(keepDimensions, asymmetricQuantizeInputs, other);
        }
    }

    /** Of ADD, SUB, MUL and DIV. The scales of 16-bit values may be any, not only powers of two. */
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

    /** With 8-bit right operands and float left ones, the left are quantised on the fly as in FULLY_CONNECTED. */
    record BatchMatMul(boolean transposeLeft, boolean transposeRight, boolean asymmetricQuantizeInputs)
            implements OperatorOptions {
        public BatchMatMul(boolean transposeLeft, boolean transposeRight) {
            this(transposeLeft, transposeRight, false);
        }
    }

    record LeakyRelu(float alpha) implements OperatorOptions {}

    /** Of CONV_3D and CONV_3D_TRANSPOSE. */
    record SpatialConvolution(
            Padding padding,
            int strideDepth,
            int strideHeight,
            int strideWidth,
            int dilationDepth,
            int dilationHeight,
            int dilationWidth,
            Activation activation)
            implements Activated {
        @Override
        public OperatorOptions withActivation(Activation other) {
            return new SpatialConvolution(
                    padding,
                    strideDepth,
                    strideHeight,
                    strideWidth,
                    dilationDepth,
                    dilationHeight,
                    dilationWidth,
                    other);
        }
    }

    /** Of TRANSPOSE_CONV. */
    record TransposedConvolution(Padding padding, int strideHeight, int strideWidth, Activation activation)
            implements Activated {
        @Override
        public OperatorOptions withActivation(Activation other) {
            return new TransposedConvolution(padding, strideHeight, strideWidth, other);
        }
    }

    record L2Normalization(Activation activation) implements Activated {
        @Override
        public OperatorOptions withActivation(Activation other) {
            return new L2Normalization(other);
        }
    }

    record Gather(int axis, int batchDimensions) implements OperatorOptions {}

    /** Each mask has a bit for every axis, the lowest for the first. */
    record StridedSlice(
            int beginMask, int endMask, int ellipsisMask, int newAxisMask, int shrinkAxisMask, boolean offset)
            implements OperatorOptions {}

    /** Of SPLIT and SPLIT_V. */
    record Split(int parts) implements OperatorOptions {}

    record Pack(int values, int axis) implements OperatorOptions {}

    record Unpack(int values, int axis) implements OperatorOptions {}

    record Squeeze(List<Integer> axes) implements OperatorOptions {
        public Squeeze {
            axes = List.copyOf(axes);
        }
    }

    /** Of RESIZE_BILINEAR and RESIZE_NEAREST_NEIGHBOR. */
    record Resize(boolean alignCorners, boolean halfPixelCenters) implements OperatorOptions {}

    /** Of ARG_MAX and ARG_MIN: INT32 or INT64. */
    record ArgExtremum(TensorType output) implements OperatorOptions {}

    record Cast(TensorType from, TensorType to) implements OperatorOptions {}

    /** Of SHAPE: INT32 or INT64. */
    record Shape(TensorType output) implements OperatorOptions {}

    /** The type of the second output: INT32 or INT64. */
    record Unique(TensorType index) implements OperatorOptions {}

    /** -1 is the last axis. */
    record OneHot(int axis) implements OperatorOptions {}

    record CumulativeSum(boolean exclusive, boolean reverse) implements OperatorOptions {}

    /** Without the edge itself (REFLECT) or, if symmetric, with it (SYMMETRIC). */
    record MirrorPad(boolean symmetric) implements OperatorOptions {}

    record DepthToSpace(int block) implements OperatorOptions {}

    record SpaceToDepth(int block) implements OperatorOptions {}

    record LocalResponseNormalization(int radius, float bias, float alpha, float beta) implements OperatorOptions {}

    record Gelu(boolean approximate) implements OperatorOptions {}

    record ReverseSequence(int sequenceAxis, int batchAxis) implements OperatorOptions {}

    /** The numbers of the subgraphs that run if the condition holds, and if not. */
    record If(int then, int otherwise) implements OperatorOptions {}

    /** The numbers of the subgraphs that say whether to go on, and that make the next values. */
    record While(int condition, int body) implements OperatorOptions {}

    /** Of UNIDIRECTIONAL_SEQUENCE_LSTM; a clip of 0 is none. */
    record SequenceLstm(
            Activation activation,
            float cellClip,
            float projectionClip,
            boolean timeMajor,
            boolean asymmetricQuantizeInputs)
            implements OperatorOptions {}

    /** Of BIDIRECTIONAL_SEQUENCE_LSTM; a clip of 0 is none. */
    record BidirectionalSequenceLstm(
            Activation activation,
            float cellClip,
            float projectionClip,
            boolean mergeOutputs,
            boolean timeMajor,
            boolean asymmetricQuantizeInputs)
            implements OperatorOptions {}

    /** Of UNIDIRECTIONAL_SEQUENCE_RNN. */
    record SequenceRnn(boolean timeMajor, Activation activation, boolean asymmetricQuantizeInputs)
            implements OperatorOptions {}

    /** Of SVDF, whose state is a variable tensor. */
    record Svdf(int rank, boolean asymmetricQuantizeInputs, Activation activation) implements OperatorOptions {}

    /** Of FAKE_QUANT: the range that a quantised tensor would have. */
    record FakeQuantization(float minimum, float maximum, int bits, boolean narrowRange) implements OperatorOptions {}

    /** Of RANDOM_UNIFORM, RANDOM_STANDARD_NORMAL and MULTINOMIAL; two zeros mean a seed that nobody knows. */
    record RandomSeeds(long first, long second) implements OperatorOptions {}

    /** Of BUCKETIZE: the borders in ascending order. */
    record Buckets(List<Float> boundaries) implements OperatorOptions {
        public Buckets {
            boundaries = List.copyOf(boundaries);
        }
    }

    /** Of SPARSE_TO_DENSE. */
    record SparseToDense(boolean validateIndices) implements OperatorOptions {}

    /** Of CALL_ONCE: the number of the subgraph that runs before anything else. */
    record CallOnce(int subgraph) implements OperatorOptions {}
}
