package dev.slipway.store.s3;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.SlipwayException;
import io.minio.ListObjectsV2Response;
import io.minio.messages.Contents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** Small objects that say which artifacts are being removed: each removal has one of its own while it runs. */
final class Markers {
    /** Whoever made a marker so long ago removes nothing any more; see {@link ArtifactRemoval}. */
    static final Duration ABANDONED = Duration.ofMinutes(15);

    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final Bucket bucket;
    private final Keys keys;
    private final Calls calls;
    private final InstantSource clock;

    /**
     * The markers of a bucket.
     *
     * @param clock used when the server does not tell its own time
     */
    Markers(Bucket bucket, Keys keys, Calls calls, InstantSource clock) {
        this.bucket = bucket;
        this.keys = keys;
        this.calls = calls;
        this.clock = clock;
    }

    /** Says that an artifact is being removed, and gives the marker's key. */
    String make(Digest digest) {
        String key = keys.newMarker(digest);
        bucket.putEmpty(key);
        return key;
    }

    void remove(String marker) {
        Undisturbed.clear(marker, () -> bucket.delete(marker));
    }

    /** Returns when nobody removes the artifact; {@code UNAVAILABLE}, {@code artifact.being-removed} if that lasts. */
    void awaitNone(Digest digest) {
        long begun = System.nanoTime();
        long pause = FIRST_PAUSE_MILLIS;
        while (isMarked(digest)) {
            if (System.nanoTime() - begun > WAIT.toNanos()) {
                throw SlipwayException.unavailable(
                        "artifact.being-removed",
                        "Artifact " + digest + " is being removed, or whoever did so died within the last "
                                + ABANDONED.toMinutes() + " minutes. Put it again in a while.",
                        null);
            }
            calls.pause(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private boolean isMarked(Digest digest) {
        ListObjectsV2Response listed = bucket.list(keys.markers(digest), "", 1000);
        List<String> abandoned = abandoned(listed, ABANDONED);
        abandoned.forEach(this::remove);
        return listed.result().contents().size() > abandoned.size();
    }

    /** The keys of a list that were written so long ago by the server's own time. */
    List<String> abandoned(ListObjectsV2Response listed, Duration age) {
        Instant before = now(listed).minus(age);
        List<String> found = new ArrayList<>();
        for (Contents object : listed.result().contents()) {
            if (object.lastModified().toInstant().isBefore(before)) {
                found.add(object.objectName());
            }
        }
        return found;
    }

    /** The server's time as an answer tells it, because that is what its objects' times are compared with. */
    Instant now(ListObjectsV2Response answer) {
        Date told = answer.headers().getDate("Date");
        return told == null ? clock.instant() : told.toInstant();
    }
}
