package dev.slipway.store.s3;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.s3.Calls.Failure;
import io.minio.messages.ListMultipartUploadsResult.Upload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out at the start what would otherwise fail later, and clears away what dead processes left. */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
    /** Nobody writes one artifact for so long. */
    private static final Duration LEFT = Duration.ofDays(1);

    private final Bucket bucket;
    private final Keys keys;
    private final Markers markers;
    private final S3Settings settings;

    Opening(Bucket bucket, Keys keys, Markers markers, S3Settings settings) {
        this.bucket = bucket;
        this.keys = keys;
        this.markers = markers;
        this.settings = settings;
    }

    void run() {
        reach();
        String probe = keys.newStaging();
        bucket.putEmpty(probe);
        bucket.delete(probe);
        Undisturbed.clear(keys.staging(), this::clearStaging);
        Undisturbed.clear(keys.markers(), this::clearMarkers);
        Undisturbed.clear("Uploads below " + keys.staging(), this::clearUploads);
    }

    private void reach() {
        try {
            bucket.probe(keys.artifacts());
        } catch (Failure e) {
            if (S3Errors.isNoBucket(e.getCause()) && settings.createBucket()) {
                create();
            } else if (S3Errors.isPassing(e.getCause())) {
                throw SlipwayException.unavailable(
                        "store.unreachable",
                        "The artifact store at " + settings.endpoint() + " does not answer: "
                                + e.getCause().getMessage() + ". Is the address right and the server running?",
                        e.getCause());
            } else {
                throw bucket.told(e);
            }
        }
    }

    private void create() {
        try {
            bucket.create();
            LOG.info("Made the bucket {} at {}", settings.bucket(), settings.endpoint());
        } catch (Failure e) {
            if (!S3Errors.isBucketThere(e.getCause())) {
                throw bucket.told(e);
            }
        }
    }

    private void clearStaging() {
        markers.abandoned(bucket.list(keys.staging(), "", 1000), LEFT).forEach(bucket::delete);
    }

    private void clearMarkers() {
        markers.abandoned(bucket.list(keys.markers(), "", 1000), Markers.ABANDONED)
                .forEach(bucket::delete);
    }

    private void clearUploads() {
        Instant before = markers.now(bucket.list(keys.staging(), "", 1)).minus(LEFT);
        List<Upload> uploads = bucket.uploads(keys.staging());
        for (Upload upload : uploads) {
            if (upload.initiated() != null && upload.initiated().toInstant().isBefore(before)) {
                bucket.abortUpload(upload.objectName(), upload.uploadId());
            }
        }
    }
}
