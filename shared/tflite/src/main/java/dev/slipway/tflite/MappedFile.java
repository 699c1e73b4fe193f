package dev.slipway.tflite;

import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files as memory, which the system loads as it is read. */
public final class MappedFile {
    private MappedFile() {}

    /**
     * The file's bytes, read-only, which must not change while they are in use. Fails with {@code tflite.read} if the
     * file can't be read and with {@code tflite.too-large} if it has 2 GiB or more.
     */
    public static MappedByteBuffer map(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw SlipwayException.tooLarge(
                        "tflite.too-large",
                        "The file " + file + " has " + channel.size() + " bytes, but a TFLite file less than 2 GiB.");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        } catch (IOException e) {
            throw SlipwayException.invalid("tflite.read", "The file " + file + " can't be read: " + e + ".", e);
        }
    }
}
