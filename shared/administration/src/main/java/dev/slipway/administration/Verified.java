package dev.slipway.administration;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a stored artifact; what its store says of damage becomes an error that names it and what to do. */
final class Verified extends FilterInputStream {
    private final Digest digest;

    Verified(InputStream bytes, Digest digest) {
        super(bytes);
        this.digest = digest;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        try {
            return super.read(buffer, offset, length);
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "export.artifact",
                    "Artifact " + digest + " can't be read: " + e.getMessage()
                            + ". If it is damaged, 'slipway admin check' tells what refers to it.",
                    e);
        }
    }
}
