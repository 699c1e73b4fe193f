package dev.slipway.standalone.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes NumPy files. */
final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    private Npy() {}

    static Path floats(Path file, List<Integer> shape, float... values) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return write(file, "<f4", shape, data.array());
    }

    static Path integers(Path file, long... values) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        data.asLongBuffer().put(values);
        return write(file, "<i8", List.of(values.length), data.array());
    }

    private static Path write(Path file, String type, List<Integer> shape, byte[] data) throws IOException {
        StringBuilder axes = new StringBuilder();
        shape.forEach(length -> axes.append(length).append(','));
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + axes + "), }\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(MAGIC);
        bytes.write(header.length() & 0xff);
        bytes.write(header.length() >> 8);
        bytes.write(header.getBytes(StandardCharsets.US_ASCII));
        bytes.write(data);
        return Files.write(file, bytes.toByteArray());
    }
}
