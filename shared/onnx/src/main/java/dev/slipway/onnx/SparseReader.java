package dev.slipway.onnx;

import ai.onnx.proto.OnnxMl.SparseTensorProto;
import dev.slipway.kernel.SlipwayException;
import java.nio.ByteBuffer;
import java.util.List;

/** Reads sparse tensors as dense ones, since no operator knows the difference. */
final class SparseReader {
    /** So that a small file can't claim all memory. */
    private static final long LARGEST_BYTES = 256L << 20;

    private final TensorReader tensors;

    SparseReader(TensorReader tensors) {
        this.tensors = tensors;
    }

    /** The dense form, named as its values are. */
    OnnxTensor read(SparseTensorProto proto) {
        OnnxTensor values = tensors.read(proto.getValues());
        OnnxTensor indices = tensors.read(proto.getIndices());
        List<Integer> shape = TensorReader.shape(values.name(), proto.getDimsList());
        int bytes = values.type().bytes();
        long size = bytes;
        for (int length : shape) {
            size = Math.min(size * length, Integer.MAX_VALUE);
        }
        if (size > LARGEST_BYTES) {
            throw SlipwayException.tooLarge(
                    "onnx.unsupported",
                    "The sparse tensor '" + Names.shown(values.name()) + "' of shape " + shape
                            + " would take more than " + (LARGEST_BYTES >> 20)
                            + " MiB; export the model with dense weights.");
        }
        ByteBuffer dense = ByteBuffer.allocate((int) size);
        ByteBuffer from = values.data();
        long[] positions = positions(values, indices.longs(), shape);
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] < 0 || positions[i] >= size / bytes) {
                throw misfit(values.name(), "an index is outside of shape " + shape);
            }
            dense.put((int) positions[i] * bytes, from, i * bytes, bytes);
        }
        return new OnnxTensor(values.name(), values.type(), shape, dense);
    }

    /** Indices are given flat, one per value, or by axis, one row per value. */
    private static long[] positions(OnnxTensor values, long[] indices, List<Integer> shape) {
        int count = values.size();
        if (indices.length == count) {
            return indices;
        }
        int rank = shape.size();
        if (indices.length != (long) count * rank) {
            throw misfit(values.name(), indices.length + " indices for " + count + " values of " + rank + " axes");
        }
        long[] positions = new long[count];
        for (int i = 0; i < count; i++) {
            for (int axis = 0; axis < rank; axis++) {
                long index = indices[i * rank + axis];
                if (index < 0 || index >= shape.get(axis)) {
                    throw misfit(values.name(), "index " + index + " is outside of shape " + shape);
                }
                positions[i] = positions[i] * shape.get(axis) + index;
            }
        }
        return positions;
    }

    private static SlipwayException misfit(String name, String why) {
        return OnnxReader.malformed("sparse tensor '" + Names.shown(name) + "': " + why, null);
    }
}
