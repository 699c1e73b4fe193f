package dev.slipway.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;

/**
 * Where a tensor says that its elements are.
 *
 * @param location of the file, relative to the model's folder; not checked yet
 * @param offset of the first byte, at least 0
 * @param length in bytes, at least 0
 */
record ExternalReference(String tensor, String location, long offset, long length) {

    static ExternalReference of(TensorProto proto, ElementType type, List<Integer> shape) {
        String tensor = proto.getName();
        if (type == ElementType.STRING) {
            throw ExternalData.refused(tensor, "texts can't be outside the model file");
        }
        long elements = shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> saturating(a, b));
        if (elements > Integer.MAX_VALUE) {
            throw ExternalData.refused(tensor, "its shape " + shape + " has too many elements");
        }
        String location = "";
        long offset = 0;
        long length = type.bytes(elements);
        for (StringStringEntryProto entry : proto.getExternalDataList()) {
            switch (entry.getKey()) {
                case "location" -> location = entry.getValue();
                case "offset" -> offset = number(tensor, entry);
                case "length" -> length = number(tensor, entry);
                default -> {
                    // Checksums and whatever exporters add say nothing about where the elements are.
                }
            }
        }
        return new ExternalReference(tensor, location, offset, length);
    }

    private static long number(String tensor, StringStringEntryProto entry) {
        try {
            long value = Long.parseLong(entry.getValue());
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw ExternalData.refused(tensor, "its " + entry.getKey() + " is no number");
        }
        throw ExternalData.refused(tensor, "its " + entry.getKey() + " is negative");
    }

    private static long saturating(long a, long b) {
        return Math.min(a * b, Integer.MAX_VALUE + 1L);
    }
}
