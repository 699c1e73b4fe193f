package dev.slipway.standalone.cli;

import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file whole or not at all. */
final class AtomicFile {
    private AtomicFile() {}

    /** Fails with {@code file.unwritable} if the file can't be written as things are, before work is done for it. */
    static void check(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw unwritable(file, "there is no folder " + folder + "; make it, or name another");
        }
        if (!Files.isWritable(folder)) {
            throw unwritable(file, "you may not write to the folder " + folder + "; name another");
        }
        if (Files.isDirectory(file)) {
            throw unwritable(file, "it is a folder; name a file in it");
        }
    }

    static void write(Path file, byte[] bytes) {
        write(file, ByteBuffer.wrap(bytes));
    }

    static void write(Path file, ByteBuffer bytes) {
        check(file);
        Path folder = file.toAbsolutePath().getParent();
        // Not Files.createTempFile, whose files nobody else may read.
        Path temporary = folder.resolve(".slipway-" + UUID.randomUUID() + ".part");
        try {
            fill(temporary, bytes);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            remove(temporary, e);
            throw SlipwayException.unavailable(
                    "file.unwritable",
                    "Can't write " + file + " (" + e + "): check that its folder is there and writable.",
                    e);
        }
    }

    private static SlipwayException unwritable(Path file, String why) {
        return SlipwayException.unavailable("file.unwritable", "Can't write " + file + ": " + why + ".", null);
    }

    private static void fill(Path file, ByteBuffer bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer rest = bytes.duplicate();
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }

    private static void remove(Path temporary, IOException failure) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
