package dev.slipway.administration;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Reads the lines of a compressed file one after the other. */
final class LineFile implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    /** A line holds a body at most, and a store takes none so long. */
    private static final int LONGEST = 256 * 1024 * 1024;

    private final InputStream bytes;

    LineFile(Path file) throws IOException {
        InputStream compressed = Files.newInputStream(file);
        try {
            bytes = new BufferedInputStream(new GZIPInputStream(compressed, BUFFER), BUFFER);
        } catch (IOException e) {
            compressed.close();
            throw e;
        }
    }

    Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        int next = bytes.read();
        if (next < 0) {
            return Optional.empty();
        }
        for (; next != '\n'; next = bytes.read()) {
            if (next < 0) {
                throw new IOException("the last line has no end");
            }
            if (line.size() == LONGEST) {
                throw new IOException("a line is too long");
            }
            line.write(next);
        }
        return Optional.of(line.toByteArray());
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
