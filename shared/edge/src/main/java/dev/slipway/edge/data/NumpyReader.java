package dev.slipway.edge.data;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads NumPy's {@code .npy} files, versions 1 to 3 of the format.
 *
 * <p>Source of the format: NumPy Enhancement Proposal 1 and {@code numpy/lib/format.py}. Errors are {@code edge.numpy}.
 */
public final class NumpyReader {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    private static final Pattern HEADER = Pattern.compile(
            "\\{'descr': '([<>|=]?)([a-z]\\d+|\\?)', 'fortran_order': (True|False), 'shape': \\(([\\d, ]*)\\),? *\\}\\s*");
    private static final Map<String, ElementType> TYPES = Map.ofEntries(
            Map.entry("f4", ElementType.FLOAT32),
            Map.entry("f8", ElementType.FLOAT64),
            Map.entry("f2", ElementType.FLOAT16),
            Map.entry("i1", ElementType.INT8),
            Map.entry("i2", ElementType.INT16),
            Map.entry("i4", ElementType.INT32),
            Map.entry("i8", ElementType.INT64),
            Map.entry("u1", ElementType.UINT8),
            Map.entry("u2", ElementType.UINT16),
            Map.entry("u4", ElementType.UINT32),
            Map.entry("u8", ElementType.UINT64),
            Map.entry("b1", ElementType.BOOL));

    private NumpyReader() {}

    /** A view of the file, which must not be changed while the tensor is in use. */
    public static OnnxTensor read(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw SlipwayException.tooLarge("edge.numpy", file + " is 2 GiB or larger; split it.");
            }
            return read(file.toString(), channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        } catch (NoSuchFileException e) {
            throw SlipwayException.notFound("edge.numpy", "There is no file " + file + ".");
        } catch (IOException e) {
            throw SlipwayException.invalid("edge.numpy", "Can't read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The tensor has the name that is given, which messages use too. */
    public static OnnxTensor read(String name, ByteBuffer file) {
        ByteBuffer from = file.slice().order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[MAGIC.length];
        if (from.remaining() < MAGIC.length + 4) {
            throw malformed(name, "it is cut off");
        }
        from.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw malformed(name, "it does not begin as .npy files do");
        }
        int version = from.get();
        from.get();
        int length =
                version == 1 || from.remaining() < Integer.BYTES ? Short.toUnsignedInt(from.getShort()) : from.getInt();
        if (length < 0 || length > Math.min(LONGEST_HEADER, from.remaining())) {
            throw malformed(name, "its header of " + length + " bytes is cut off");
        }
        byte[] header = new byte[length];
        from.get(header);
        return tensor(name, new String(header, StandardCharsets.UTF_8), from.slice());
    }

    private static OnnxTensor tensor(String name, String header, ByteBuffer data) {
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.matches()) {
            throw malformed(name, "its header is '" + header.strip() + "', which names no array of numbers");
        }
        ElementType type = TYPES.get(matcher.group(2).equals("?") ? "b1" : matcher.group(2));
        if (type == null || matcher.group(1).equals(">")) {
            throw malformed(name, "elements of type " + matcher.group(1) + matcher.group(2) + " are not read");
        }
        List<Integer> shape = Arrays.stream(matcher.group(4).split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(part -> length(name, part))
                .toList();
        if (matcher.group(3).equals("True") && shape.size() > 1) {
            throw malformed(name, "it is in column-major order; save it with numpy.ascontiguousarray");
        }
        long bytes = type.bytes();
        for (int length : shape) {
            bytes = Math.min(bytes * length, Long.MAX_VALUE >>> 32);
        }
        if (bytes > data.remaining()) {
            throw malformed(name, "shape " + shape + " takes " + bytes + " bytes, but it has " + data.remaining());
        }
        return new OnnxTensor(name, type, shape, data.limit((int) bytes));
    }

    private static int length(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw malformed(name, "it has an axis of length " + text);
        }
    }

    private static SlipwayException malformed(String name, String why) {
        return SlipwayException.invalid("edge.numpy", name + " is no usable NumPy file: " + why + ".");
    }
}
