package dev.slipway.onnx;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Puts a finished file in the place of another, so that nobody sees half of it and views of the old one hold. */
final class Replacement {
    private Replacement() {}

    /** Bytes that a file is to hold. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    static void of(Path target, Content content) throws IOException {
        Path temporary = target.resolveSibling("." + target.getFileName() + ".part-" + UUID.randomUUID());
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
                content.writeTo(out);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
