package dev.slipway.store.artifact;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Immutable bytes named by their SHA-256. Putting the same bytes twice stores them once. What a put has returned for
 * survives the death of the process; what it has not is never visible. Safe for use by many threads.
 */
public interface ArtifactStore extends AutoCloseable {
    /**
     * Stores all of the stream, in bounded memory, and leaves it open. What the stream throws is passed on, an {@link
     * IOException} as {@code UNAVAILABLE} with code {@code artifact.interrupted}; then nothing is stored.
     *
     * @param expected when present, anything but these bytes is refused as {@code INVALID} with code {@code
     *     artifact.digest-mismatch}
     */
    Artifact put(InputStream bytes, Optional<Digest> expected);

    /**
     * The bytes from {@code offset}, {@code length} of them or up to the end. Reading from the beginning to the end
     * checks the digest, and fails with an {@link IOException} before the last byte when it does not hold.
     *
     * @param offset 0 to the artifact's size; anything else is {@code INVALID} with code {@code artifact.range}, as is a
     *     negative length
     * @throws SlipwayException {@code NOT_FOUND} with code {@code artifact.unknown}
     */
    InputStream open(Digest digest, long offset, OptionalLong length);

    /** The size in bytes; empty for an unknown artifact. */
    OptionalLong size(Digest digest);

    /** A page of all artifacts, in the order of digests; limit and cursor as in every page. */
    Page<ListedArtifact> list(int limit, Optional<String> cursor);

    /**
     * Removes an artifact unless it was put at {@code notPutSince} or later, were its bytes there before or not; false
     * when it was, or when there is none. A put that runs at the same time either keeps the artifact or stores it anew:
     * what a put has returned for is there.
     */
    boolean delete(Digest digest, Instant notPutSince);

    /** Stores bytes that are in memory. */
    default Artifact put(byte[] bytes) {
        return put(new ByteArrayInputStream(bytes), Optional.empty());
    }

    /** All bytes of an artifact of at most {@code maxSize} bytes, verified; larger ones are {@code TOO_LARGE}. */
    default byte[] read(Digest digest, int maxSize) {
        try (InputStream bytes = open(digest, 0, OptionalLong.empty())) {
            byte[] read = bytes.readNBytes(maxSize);
            if (bytes.read() >= 0) {
                throw SlipwayException.tooLarge(
                        "artifact.too-large",
                        "Artifact " + digest + " is larger than the " + maxSize + " bytes allowed here.");
            }
            return read;
        } catch (IOException e) {
            throw SlipwayException.unavailable(
                    "artifact.unreadable", "Artifact " + digest + " can not be read: " + e.getMessage(), e);
        }
    }

    @Override
    void close();
}
