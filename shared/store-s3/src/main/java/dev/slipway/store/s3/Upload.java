package dev.slipway.store.s3;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.s3.Calls.Failure;
import io.minio.UploadPartResponse;
import io.minio.messages.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An upload in parts, which leaves nothing unless it was completed. Used by one thread. */
final class Upload implements AutoCloseable {
    private static final int MAX_PARTS = 10_000;

    private final Bucket bucket;
    private final String key;
    private final String id;
    private final List<Part> parts = new ArrayList<>();
    private Optional<Sending> sending = Optional.empty();
    private boolean completed;

    private Upload(Bucket bucket, String key, String id) {
        this.bucket = bucket;
        this.key = key;
        this.id = id;
    }

    /** A part on its way. */
    private record Sending(String sha256, Calls.Started<UploadPartResponse> request) {}

    /** Begins an upload whose parts come with a SHA-256 each. */
    static Upload ofBytes(Bucket bucket, String key) {
        return new Upload(bucket, key, bucket.beginUpload(key, true));
    }

    /** Begins an upload whose parts are copied by the server. */
    static Upload ofCopies(Bucket bucket, String key) {
        return new Upload(bucket, key, bucket.beginUpload(key, false));
    }

    /** Begins to send a part once the one before has arrived; its buffer is in use until the next call. */
    void add(PartBuffer part) {
        arrive();
        int number = parts.size() + 1;
        if (number > MAX_PARTS) {
            throw SlipwayException.tooLarge(
                    "artifact.too-large",
                    "The artifact has more than " + MAX_PARTS + " parts of " + part.length()
                            + " bytes. Set a larger part size for the artifact store.");
        }
        String sha256 = part.sha256();
        sending = Optional.of(
                new Sending(sha256, bucket.startPart(key, id, number, part.bytes(), part.length(), sha256)));
    }

    /** Has the server copy a range as the next part. */
    void add(StoredObject from, long offset, long length) {
        int number = parts.size() + 1;
        parts.add(new Part(bucket.copyPart(from, offset, length, key, id, number), number));
    }

    private void arrive() {
        if (sending.isPresent()) {
            Sending last = sending.get();
            sending = Optional.empty();
            String etag = bucket.finishPart(last.request());
            parts.add(new Part(parts.size() + 1, etag, null, null, null, null, last.sha256()));
        }
    }

    /** Makes the object of the parts, and gives what the server then has under its key. */
    StoredObject complete(long size) {
        arrive();
        try {
            bucket.completeUpload(key, id, parts);
        } catch (Failure e) {
            // After a lost answer the repeated request finds no upload, because the first has completed it.
            if (!S3Errors.isMissing(e.getCause())) {
                throw bucket.told(e);
            }
        }
        Optional<StoredObject> stored = bucket.stat(key);
        if (stored.isEmpty() || stored.get().size() != size) {
            throw SlipwayException.unavailable(
                    "store.unavailable",
                    "The artifact store has not kept an upload of " + size + " bytes whole: " + stored + ". Try again.",
                    null);
        }
        completed = true;
        return stored.get();
    }

    /** Gives up what was not completed: after the part on its way, which might otherwise arrive later and stay. */
    @Override
    public void close() {
        if (!completed) {
            Undisturbed.clear("The end of the upload of " + key, this::arrive);
            Undisturbed.clear("The upload of " + key, () -> bucket.abortUpload(key, id));
        }
    }
}
