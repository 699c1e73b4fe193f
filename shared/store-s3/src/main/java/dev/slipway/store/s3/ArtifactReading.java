package dev.slipway.store.s3;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.common.BoundedInputStream;
import dev.slipway.store.common.VerifyingInputStream;
import io.minio.GetObjectResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** Reads artifacts: whole ones are verified on the way, ranges are as long as they were asked for. */
final class ArtifactReading {
    private final Bucket bucket;
    private final Keys keys;

    ArtifactReading(Bucket bucket, Keys keys) {
        this.bucket = bucket;
        this.keys = keys;
    }

    OptionalLong size(Digest digest) {
        return bucket.stat(keys.artifact(digest))
                .map(stored -> OptionalLong.of(stored.size()))
                .orElse(OptionalLong.empty());
    }

    InputStream open(Digest digest, long offset, OptionalLong length) {
        if (offset == 0 && length.isEmpty()) {
            return whole(digest);
        }
        long size = size(digest).orElseThrow(() -> unknown(digest));
        if (offset < 0 || offset > size || length.orElse(0) < 0) {
            throw SlipwayException.invalid(
                    "artifact.range",
                    "Artifact " + digest + " has " + size + " bytes; offset " + offset + " and length " + length
                            + " are no range of it.");
        }
        long wanted = Math.min(length.orElse(size), size - offset);
        if (wanted == size) {
            return whole(digest);
        }
        return wanted == 0 ? InputStream.nullInputStream() : range(digest, offset, wanted);
    }

    private InputStream whole(Digest digest) {
        GetObjectResponse bytes = get(digest, 0, OptionalLong.empty());
        return new VerifyingInputStream(bytes, digest, told(digest, bytes));
    }

    private InputStream range(Digest digest, long offset, long wanted) {
        GetObjectResponse bytes = get(digest, offset, OptionalLong.of(wanted));
        long told = told(digest, bytes);
        if (told != wanted) {
            throw discarded(bytes, "has sent " + told + " bytes of " + digest + " instead of " + wanted);
        }
        return new BoundedInputStream(bytes, wanted);
    }

    private GetObjectResponse get(Digest digest, long offset, OptionalLong length) {
        return bucket.get(keys.artifact(digest), offset, length).orElseThrow(() -> unknown(digest));
    }

    /** How many bytes the server says it sends. The client itself fails when fewer come. */
    private static long told(Digest digest, GetObjectResponse bytes) {
        String told = bytes.headers().get("Content-Length");
        if (told == null) {
            throw discarded(bytes, "does not tell the size of " + digest);
        }
        return Long.parseLong(told);
    }

    private static SlipwayException discarded(InputStream bytes, String why) {
        SlipwayException refusal =
                SlipwayException.unavailable("store.unavailable", "The artifact store " + why + ". Try again.", null);
        try {
            bytes.close();
        } catch (IOException e) {
            refusal.addSuppressed(e);
        }
        return refusal;
    }

    private static SlipwayException unknown(Digest digest) {
        return SlipwayException.notFound("artifact.unknown", "There is no artifact " + digest + ".");
    }
}
