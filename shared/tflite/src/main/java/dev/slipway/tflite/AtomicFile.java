package dev.slipway.tflite;

import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/** Writes a file next to where it belongs and moves it there once it is complete. */
final class AtomicFile {
    private static final int STAGE = 1 << 20;

    private AtomicFile() {}

    static void write(Path file, List<ByteBuffer> parts) {
        Path target = file.toAbsolutePath();
        Path unfinished = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try {
                fill(unfinished, parts);
                Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "tflite.write",
                    "The TFLite file " + file + " can't be written: " + e
                            + ". Check that its folder exists, can be written to and has room.",
                    e);
        }
    }

    /** By way of one small buffer: the channel itself would copy each part on the heap as a whole. */
    private static void fill(Path file, List<ByteBuffer> parts) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            ByteBuffer stage = ByteBuffer.allocateDirect(STAGE);
            for (ByteBuffer part : parts) {
                while (part.hasRemaining()) {
                    int length = Math.min(part.remaining(), stage.remaining());
                    stage.put(part.slice(part.position(), length));
                    part.position(part.position() + length);
                    if (!stage.hasRemaining()) {
                        flush(stage, channel);
                    }
                }
            }
            flush(stage, channel);
        }
    }

    private static void flush(ByteBuffer stage, FileChannel channel) throws IOException {
        stage.flip();
        while (stage.hasRemaining()) {
            channel.write(stage);
        }
        stage.clear();
    }
}
