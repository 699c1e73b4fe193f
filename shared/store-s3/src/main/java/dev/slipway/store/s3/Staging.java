package dev.slipway.store.s3;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.Artifact;
import io.minio.ObjectWriteResponse;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Where an artifact of several parts is gathered until its digest is known; the server then copies it there. */
final class Staging implements AutoCloseable {
    private final Bucket bucket;
    private final String key;
    private final long copySize;
    private StoredObject staged;

    /**
     * A place that is not in use yet.
     *
     * @param copySize how many bytes the server is asked to copy in one request
     */
    Staging(Bucket bucket, String key, long copySize) {
        this.bucket = bucket;
        this.key = key;
        this.copySize = copySize;
    }

    /** Uploads two parts that were read and all that follow; one is sent while the next is read. */
    Artifact gather(PartBuffer first, PartBuffer second, Source source, Optional<Digest> expected) {
        try (Upload upload = Upload.ofBytes(bucket, key)) {
            upload.add(first);
            PartBuffer free = first;
            PartBuffer next = second;
            upload.add(next);
            while (next.isFull()) {
                PartBuffer read = source.read(free);
                if (read.length() == 0) {
                    break;
                }
                upload.add(read);
                free = next;
                next = read;
            }
            Artifact artifact = source.finish(expected);
            staged = upload.complete(artifact.size());
            return artifact;
        }
    }

    /** Makes the artifact, or makes it anew, of what was gathered. */
    void copyTo(String artifactKey, Artifact artifact) {
        if (artifact.size() > copySize) {
            copyInParts(artifactKey);
        } else {
            check(bucket.copy(staged, artifactKey), artifact);
        }
    }

    private void copyInParts(String artifactKey) {
        try (Upload upload = Upload.ofCopies(bucket, artifactKey)) {
            for (long offset = 0; offset < staged.size(); offset += copySize) {
                upload.add(staged, offset, Math.min(copySize, staged.size() - offset));
            }
            upload.complete(staged.size());
        }
    }

    /** Compares the copy's SHA-256 if the server tells it; one with a dash is made of the parts' and says nothing. */
    private static void check(ObjectWriteResponse copy, Artifact artifact) {
        String told = copy.checksumSHA256();
        String expected = Base64.getEncoder()
                .encodeToString(HexFormat.of().parseHex(artifact.digest().hex()));
        boolean wrong = told != null && !told.contains("-") && !told.equals(expected);
        if (copy.etag() == null || wrong) {
            throw SlipwayException.unavailable(
                    "store.unavailable",
                    "The artifact store has not copied " + artifact.digest() + " as it is: it tells the SHA-256 " + told
                            + ". Try again.",
                    null);
        }
    }

    /** Removes what was gathered. */
    @Override
    public void close() {
        if (staged != null) {
            Undisturbed.clear(key, () -> bucket.delete(key));
        }
    }
}
