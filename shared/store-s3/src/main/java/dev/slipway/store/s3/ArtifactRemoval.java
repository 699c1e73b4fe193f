package dev.slipway.store.s3;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.s3.Calls.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Removes artifacts while others put them. S3 has no deletion on a condition that every server honours, so both sides
 * keep to a protocol, which needs only that a read sees every write that was answered before it.
 *
 * <p>A removal: <b>R1</b> writes a marker of its own; <b>R2</b> looks when the artifact was put, and stops if that is since
 * the instant; <b>R3</b> deletes it; <b>R4</b> removes its marker. A put ({@link ArtifactPut}): <b>P1</b> writes the artifact
 * anew, though it may be there; <b>P2</b> waits until there is no marker; <b>P3</b> looks whether the artifact is there, and
 * begins again if not.
 *
 * <p>Why what a put has returned for is there: suppose an R3 comes after P3. If its R2 came after P1, it saw the new time
 * and did not delete. So its R2, and R1 before it, came before P1 and hence before P2; its R4 comes after R3, hence after
 * P2: P2 saw the marker and did not return. So no R3 comes after the last P3, and that saw the artifact. A put that is as
 * old as the instant asks for is removed rightly.
 *
 * <p>Two things could break "R4 comes after R3". A deletion whose answer was lost may be done later: then R4 is left out,
 * and the marker stays until it is abandoned. And a removal may stall between R2 and R3 for so long that others take its
 * marker for abandoned: so R3 is not begun later than {@link #LONGEST} after R1, by this process's monotonic clock, which
 * leaves a request that is on its way ten minutes before that happens.
 */
final class ArtifactRemoval {
    private static final Duration LONGEST = Markers.ABANDONED.dividedBy(3);

    private final Bucket bucket;
    private final Keys keys;
    private final Markers markers;
    private final Listing listing;

    ArtifactRemoval(Bucket bucket, Keys keys, Markers markers, Listing listing) {
        this.bucket = bucket;
        this.keys = keys;
        this.markers = markers;
        this.listing = listing;
    }

    /** Removes an artifact that was not put since, and says whether it did. */
    boolean remove(Digest digest, Instant notPutSince) {
        // Looked at before a marker is made too, so that what is to stay costs one request and holds up no put.
        if (isKept(digest, notPutSince)) {
            return false;
        }
        long begun = System.nanoTime();
        String marker = markers.make(digest);
        boolean known = true;
        try {
            if (isKept(digest, notPutSince)) {
                return false;
            }
            checkInTime(digest, begun);
            known = false;
            bucket.deleteOnce(keys.artifact(digest));
            known = true;
            return true;
        } catch (Failure e) {
            known = !S3Errors.isLost(e.getCause());
            throw bucket.told(e);
        } finally {
            if (known) {
                markers.remove(marker);
            }
        }
    }

    private boolean isKept(Digest digest, Instant notPutSince) {
        Optional<Instant> put = listing.put(digest);
        return put.isEmpty() || listing.mayBeSince(put.get(), notPutSince);
    }

    private static void checkInTime(Digest digest, long begun) {
        if (System.nanoTime() - begun > LONGEST.toNanos()) {
            throw SlipwayException.unavailable(
                    "store.unavailable",
                    "The artifact store took so long that " + digest + " could not be removed safely. Try again.",
                    null);
        }
    }
}
