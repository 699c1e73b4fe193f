package dev.slipway.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Texts in one buffer: each as UTF-8 behind its length in four little-endian bytes. */
final class TextData {
    private TextData() {}

    static ByteBuffer of(List<String> values) {
        return ofBytes(values.stream()
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    static ByteBuffer ofBytes(List<byte[]> values) {
        long bytes = values.stream()
                .mapToLong(value -> (long) Integer.BYTES + value.length)
                .sum();
        ByteBuffer data = ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(value -> data.putInt(value.length).put(value));
        return data.flip();
    }

    /** Whether the buffer holds just so many texts. */
    static boolean holds(ByteBuffer data, long size) {
        ByteBuffer from = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (long i = 0; i < size; i++) {
            if (from.remaining() < Integer.BYTES) {
                return false;
            }
            int length = from.getInt();
            if (length < 0 || length > from.remaining()) {
                return false;
            }
            from.position(from.position() + length);
        }
        return !from.hasRemaining();
    }

    static List<String> read(ByteBuffer data, int size) {
        ByteBuffer from = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            byte[] bytes = new byte[from.getInt()];
            from.get(bytes);
            values.add(new String(bytes, StandardCharsets.UTF_8));
        }
        return List.copyOf(values);
    }
}
