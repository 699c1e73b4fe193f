package dev.slipway.store.s3;

import dev.slipway.kernel.Digest;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ListedArtifact;
import io.minio.ListObjectsV2Response;
import io.minio.messages.Contents;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which artifacts there are, and when they were put last. */
final class Listing {
    private static final int MAX_KEYS = 1000;

    private final Bucket bucket;
    private final Keys keys;
    /** Whether this server's times were ever seen to be finer than seconds. */
    private volatile boolean fine;

    Listing(Bucket bucket, Keys keys) {
        this.bucket = bucket;
        this.keys = keys;
    }

    /** So many artifacts after a digest, in order. */
    List<ListedArtifact> after(String digest, int count) {
        List<ListedArtifact> found = new ArrayList<>();
        String after = digest.isEmpty() ? "" : keys.artifacts() + digest;
        while (found.size() < count) {
            ListObjectsV2Response page = bucket.list(keys.artifacts(), after, Math.min(MAX_KEYS, count - found.size()));
            List<Contents> objects = page.result().contents();
            objects.forEach(object -> listed(object).ifPresent(found::add));
            if (!page.result().isTruncated() || objects.isEmpty()) {
                break;
            }
            after = objects.get(objects.size() - 1).objectName();
        }
        return found;
    }

    /** When an artifact was put last, or nothing if it is not there. */
    Optional<Instant> put(Digest digest) {
        return bucket.list(keys.artifact(digest), "", 1).result().contents().stream()
                .filter(object -> object.objectName().equals(keys.artifact(digest)))
                .findFirst()
                .flatMap(this::listed)
                .map(ListedArtifact::put);
    }

    /** Whether a put that the server tells of by a time may have been at an instant or later, for all that is told. */
    boolean mayBeSince(Instant put, Instant instant) {
        return put.plus(fine ? Duration.ofMillis(1) : Duration.ofSeconds(1)).isAfter(instant);
    }

    private Optional<ListedArtifact> listed(Contents object) {
        Instant put = object.lastModified().toInstant();
        if (!put.equals(put.truncatedTo(ChronoUnit.SECONDS))) {
            fine = true;
        }
        return keys.digest(object.objectName())
                .map(digest -> new ListedArtifact(new Artifact(digest, object.size()), put));
    }
}
