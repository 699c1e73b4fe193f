package dev.slipway.edge.data;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxTensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads NumPy's {@code .npz} files: archives of {@code NAME.npy}, compressed or not. Errors are {@code edge.numpy}. */
public final class NumpyArchive {
    /** What an archive may hold in all, whatever its directory says of itself. */
    static final long LARGEST_BYTES = 1L << 30;

    private static final int MOST_ARRAYS = 1024;
    private static final String ENDING = ".npy";

    private NumpyArchive() {}

    /** The arrays by their names, in the archive's order. */
    public static Map<String, OnnxTensor> read(Path file) {
        return read(file, LARGEST_BYTES);
    }

    static Map<String, OnnxTensor> read(Path file, long largest) {
        try (ZipFile archive = new ZipFile(file.toFile())) {
            if (archive.size() > MOST_ARRAYS) {
                throw malformed(file, "it has " + archive.size() + " entries, more than " + MOST_ARRAYS);
            }
            Map<String, OnnxTensor> arrays = new LinkedHashMap<>();
            long left = largest;
            for (Enumeration<? extends ZipEntry> entries = archive.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                String name = entry.getName();
                if (!name.endsWith(ENDING)) {
                    throw malformed(file, "its entry '" + name + "' is no array");
                }
                byte[] bytes = read(archive, entry, left);
                if (bytes.length > left) {
                    throw SlipwayException.tooLarge(
                            "edge.numpy", file + " holds more than " + largest + " bytes; split it.");
                }
                left -= bytes.length;
                String key = name.substring(0, name.length() - ENDING.length());
                arrays.put(
                        key,
                        NumpyReader.read(file + ":" + key, ByteBuffer.wrap(bytes))
                                .withName(key));
            }
            return arrays;
        } catch (NoSuchFileException e) {
            throw SlipwayException.notFound("edge.numpy", "There is no file " + file + ".");
        } catch (IOException e) {
            throw SlipwayException.invalid("edge.numpy", "Can't read " + file + ": " + e.getMessage(), e);
        }
    }

    /** One byte more than is left tells that an entry is too large, however small it is compressed. */
    private static byte[] read(ZipFile archive, ZipEntry entry, long left) throws IOException {
        try (InputStream from = archive.getInputStream(entry)) {
            return from.readNBytes((int) Math.min(Integer.MAX_VALUE - 8L, left + 1));
        }
    }

    private static SlipwayException malformed(Path file, String why) {
        return SlipwayException.invalid("edge.numpy", file + " is no usable NumPy archive: " + why + ".");
    }
}
