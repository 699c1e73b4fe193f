package dev.slipway.store.tests;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Bytes that end with an error instead of an end. */
final class BrokenStream extends InputStream {
    private final InputStream bytes;
    private final Exception error;

    /** The error is an {@link IOException} or unchecked. */
    BrokenStream(byte[] bytes, Exception error) {
        this.bytes = new ByteArrayInputStream(bytes);
        this.error = error;
    }

    @Override
    public int read() throws IOException {
        int read = bytes.read();
        return read < 0 ? fail() : read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        int read = bytes.read(buffer, offset, length);
        return read < 0 ? fail() : read;
    }

    private int fail() throws IOException {
        if (error instanceof IOException checked) {
            throw checked;
        }
        throw (RuntimeException) error;
    }
}
