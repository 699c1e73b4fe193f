package dev.slipway.kernel.tensor;

import dev.slipway.kernel.SlipwayException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads and writes NumPy's {@code .npy} format, version 1.0, for little-endian float32 in row-major order: what
 * {@code numpy.load} and {@code numpy.save} use. Source of the format: NumPy Enhancement Proposal 1.
 */
public final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final Pattern HEADER = Pattern.compile(
            "\\{'descr': '<f4', 'fortran_order': False, 'shape': \\((?<shape>[0-9, ]*)\\),? *\\} *\\n?");

    private Npy() {}

    public static byte[] write(Tensor tensor) {
        String shape = tensor.shape().stream().map(String::valueOf).collect(Collectors.joining(", "))
                + (tensor.shape().size() == 1 ? "," : "");
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }";
        int prefix = MAGIC.length + Short.BYTES;
        int padded = (prefix + header.length() + 1 + 63) / 64 * 64 - prefix;
        ByteBuffer bytes = ByteBuffer.allocate(prefix + padded + tensor.values().length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).putShort((short) padded);
        bytes.put((header + " ".repeat(padded - header.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII));
        bytes.asFloatBuffer().put(tensor.values());
        return bytes.array();
    }

    /** Fails with {@code npy.malformed} on anything but a complete float32 array in row-major order. */
    public static Tensor read(byte[] npy) {
        ByteBuffer bytes = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
        for (byte expected : MAGIC) {
            if (!bytes.hasRemaining() || bytes.get() != expected) {
                throw malformed("it does not begin as a version 1.0 .npy file does");
            }
        }
        int length = bytes.remaining() < Short.BYTES ? Integer.MAX_VALUE : Short.toUnsignedInt(bytes.getShort());
        if (length > bytes.remaining()) {
            throw malformed("it ends within its header");
        }
        byte[] header = new byte[length];
        bytes.get(header);
        Matcher matcher = HEADER.matcher(new String(header, StandardCharsets.US_ASCII));
        if (!matcher.matches()) {
            throw malformed("its header names no row-major little-endian float32 array; save it with"
                    + " numpy.save(file, array.astype('<f4'))");
        }
        List<Integer> shape = shape(matcher.group("shape"));
        long size = Tensor.size(shape);
        if (size > Integer.MAX_VALUE || size * Float.BYTES != bytes.remaining()) {
            throw malformed("shape " + shape + " does not fit the " + bytes.remaining() + " bytes after the header");
        }
        float[] values = new float[(int) size];
        bytes.asFloatBuffer().get(values);
        return new Tensor(shape, values);
    }

    private static List<Integer> shape(String text) {
        List<Integer> shape = new ArrayList<>();
        for (String axis : text.split(",", -1)) {
            if (!axis.isBlank()) {
                try {
                    shape.add(Integer.parseInt(axis.trim()));
                } catch (NumberFormatException e) {
                    throw malformed("'" + axis.trim() + "' is no length of an axis");
                }
            }
        }
        return shape;
    }

    private static SlipwayException malformed(String why) {
        return SlipwayException.invalid("npy.malformed", "This is no usable .npy file: " + why + ".");
    }
}
