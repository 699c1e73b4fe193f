package dev.slipway.standalone.cli;

import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file whole or not at all. */
final class AtomicFile {
    private AtomicFile() {}

    static void write(Path file, byte[] bytes) {
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw SlipwayException.unavailable(
                    "file.unwritable",
                    "Can't write " + file + ": there is no folder " + folder + ". Make it, or name another.",
                    null);
        }
        // Not Files.createTempFile, whose files nobody else may read.
        Path temporary = folder.resolve(".slipway-" + UUID.randomUUID() + ".part");
        try {
            Files.write(temporary, bytes, StandardOpenOption.CREATE_NEW);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            remove(temporary, e);
            throw SlipwayException.unavailable(
                    "file.unwritable",
                    "Can't write " + file + " (" + e + "): check that its folder is there and writable.",
                    e);
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
