package dev.slipway.store.s3;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.security.MessageDigest;
import java.util.Optional;

/** The stream that is put: read part by part, counted and hashed on the way. */
final class Source {
    private final InputStream bytes;
    private final MessageDigest sha256 = Digest.newSha256();
    private long size;

    Source(InputStream bytes) {
        this.bytes = bytes;
    }

    /** Reads the next part, whose buffer is full unless it is the last. */
    PartBuffer read(PartBuffer into) {
        try {
            into.fill(bytes, sha256);
        } catch (IOException e) {
            if (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException)) {
                Thread.currentThread().interrupt();
            }
            throw SlipwayException.unavailable(
                    "artifact.interrupted", "The bytes ended with an error, nothing was stored: " + e.getMessage(), e);
        }
        size += into.length();
        return into;
    }

    /** What was read, once all of it was. */
    Artifact finish(Optional<Digest> expected) {
        Artifact artifact = new Artifact(Digest.finish(sha256), size);
        if (expected.isPresent() && !expected.get().equals(artifact.digest())) {
            throw SlipwayException.invalid(
                    "artifact.digest-mismatch",
                    "The bytes received are " + artifact.digest() + ", not " + expected.get()
                            + " as announced. Send them again.");
        }
        return artifact;
    }
}
