package dev.slipway.store.s3;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.Artifact;
import java.io.InputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Stores a stream. One that fits into a part is written under its digest at once; a longer one is gathered elsewhere, in
 * memory for two parts, and then copied there by the server. {@link ArtifactRemoval} tells why what was put stays.
 */
final class ArtifactPut {
    private static final int ATTEMPTS = 10;

    private final Bucket bucket;
    private final Keys keys;
    private final Markers markers;
    private final Sizes sizes;

    /** What is sent and copied in one request, in bytes. */
    record Sizes(int part, long copy) {}

    ArtifactPut(Bucket bucket, Keys keys, Markers markers, Sizes sizes) {
        this.bucket = bucket;
        this.keys = keys;
        this.markers = markers;
        this.sizes = sizes;
    }

    Artifact put(InputStream bytes, Optional<Digest> expected) {
        Source source = new Source(bytes);
        PartBuffer first = source.read(new PartBuffer(sizes.part()));
        if (!first.isFull()) {
            return putAtOnce(first, source.finish(expected));
        }
        PartBuffer second = source.read(new PartBuffer(sizes.part()));
        if (second.length() == 0) {
            return putAtOnce(first, source.finish(expected));
        }
        try (Staging staging = new Staging(bucket, keys.newStaging(), sizes.copy())) {
            Artifact artifact = staging.gather(first, second, source, expected);
            return publish(artifact, () -> staging.copyTo(keys.artifact(artifact.digest()), artifact));
        }
    }

    private Artifact putAtOnce(PartBuffer whole, Artifact artifact) {
        String sha256 = Base64.getEncoder()
                .encodeToString(HexFormat.of().parseHex(artifact.digest().hex()));
        return publish(
                artifact, () -> bucket.put(keys.artifact(artifact.digest()), whole.bytes(), whole.length(), sha256));
    }

    private Artifact publish(Artifact artifact, Runnable write) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            write.run();
            markers.awaitNone(artifact.digest());
            OptionalLong size = size(artifact.digest());
            if (size.isPresent()) {
                check(artifact, size.getAsLong());
                return artifact;
            }
        }
        throw SlipwayException.unavailable(
                "artifact.being-removed",
                "Artifact " + artifact.digest() + " was removed " + ATTEMPTS
                        + " times while it was put. Put it again in a while.",
                null);
    }

    private OptionalLong size(Digest digest) {
        return bucket.stat(keys.artifact(digest))
                .map(stored -> OptionalLong.of(stored.size()))
                .orElse(OptionalLong.empty());
    }

    private static void check(Artifact artifact, long size) {
        if (size != artifact.size()) {
            throw SlipwayException.unavailable(
                    "store.unavailable",
                    "The artifact store has " + size + " bytes under " + artifact.digest() + ", not " + artifact.size()
                            + ". Try again.",
                    null);
        }
    }
}
