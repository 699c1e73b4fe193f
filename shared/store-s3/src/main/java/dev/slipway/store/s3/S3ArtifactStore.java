package dev.slipway.store.s3;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.artifact.ListedArtifact;
import dev.slipway.store.common.Cursor;
import dev.slipway.store.common.Pages;
import io.minio.Http;
import io.minio.MinioAsyncClient;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.OkHttpClient;

/**
 * Artifacts in a bucket, each an object named by its digest.
 *
 * <p>Beyond the port's errors: {@code UNAVAILABLE} with {@code store.unavailable} while the server is away or busy, with
 * {@code artifact.being-removed} when an artifact that is put is being removed for long, and with {@code store.closed}
 * after the close; {@code INTERNAL} with {@code store.credentials}, {@code store.bucket} or {@code store.refused} when the
 * server does not allow what is asked of it.
 */
public final class S3ArtifactStore implements ArtifactStore {
    /** The longest that a link may be good for. */
    public static final Duration MAX_LINK = Duration.ofDays(7);

    /** A request to copy more than this may take longer than a server that is silent is waited for. */
    private static final long COPY_SIZE = 512L * 1024 * 1024;

    private final S3Settings settings;
    private final OkHttpClient http;
    private final Calls calls;
    private final Bucket bucket;
    private final Keys keys;
    private final ArtifactPut writing;
    private final ArtifactReading reading;
    private final Listing listing;
    private final ArtifactRemoval removal;
    private final Opening opening;

    private S3ArtifactStore(S3Settings settings, long copySize, InstantSource clock) {
        this.settings = settings;
        http = Connections.client(settings.timeout());
        calls = new Calls(new S3Errors("The bucket " + settings.bucket() + " at " + settings.endpoint()));
        MinioAsyncClient client = MinioAsyncClient.builder()
                .endpoint(settings.endpoint().toString())
                .region(settings.region())
                .credentials(settings.accessKey(), settings.secretKey())
                .httpClient(http)
                .build();
        bucket = new Bucket(client, calls, settings.bucket(), headers(settings.encryption()));
        keys = new Keys(settings.prefix());
        Markers markers = new Markers(bucket, keys, calls, clock);
        writing = new ArtifactPut(bucket, keys, markers, new ArtifactPut.Sizes(settings.partSize(), copySize));
        reading = new ArtifactReading(bucket, keys);
        listing = new Listing(bucket, keys);
        removal = new ArtifactRemoval(bucket, keys, markers, listing);
        opening = new Opening(bucket, keys, markers, settings);
    }

    /**
     * Connects to the server, sees that the account may write, makes the bucket if the settings say so, and clears away
     * what processes left that died while they put something.
     *
     * @param clock used only where the server does not tell its time
     * @throws SlipwayException {@code UNAVAILABLE} with code {@code store.unreachable} when nobody answers; {@code
     *     UNAUTHENTICATED} with code {@code store.credentials}; {@code NOT_FOUND} with code {@code store.bucket}
     */
    public static S3ArtifactStore open(S3Settings settings, InstantSource clock) {
        return open(settings, COPY_SIZE, clock);
    }

    /**
     * As {@link #open(S3Settings, InstantSource)}.
     *
     * @param copySize what is copied in one request, in bytes: at least 5 MiB, at most 5 GiB
     */
    static S3ArtifactStore open(S3Settings settings, long copySize, InstantSource clock) {
        S3ArtifactStore store = new S3ArtifactStore(settings, copySize, clock);
        try {
            store.opening.run();
            return store;
        } catch (SlipwayException e) {
            store.close();
            throw atOpening(e);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** What is no fault of whoever makes a request, at the start is one that the operator can mend. */
    private static SlipwayException atOpening(SlipwayException failure) {
        SlipwayException told =
                switch (failure.code()) {
                    case "store.credentials" -> SlipwayException.unauthenticated(failure.code(), failure.getMessage());
                    case "store.bucket" -> SlipwayException.notFound(failure.code(), failure.getMessage());
                    default -> failure;
                };
        if (told != failure) {
            told.addSuppressed(failure);
        }
        return told;
    }

    private static Http.Headers headers(Optional<S3Settings.Encryption> encryption) {
        if (encryption.isEmpty()) {
            return new Http.Headers();
        }
        if (encryption.get() instanceof S3Settings.Encryption.KmsKey key) {
            return new Http.Headers(
                    "x-amz-server-side-encryption",
                    "aws:kms",
                    "x-amz-server-side-encryption-aws-kms-key-id",
                    key.keyId());
        }
        return new Http.Headers("x-amz-server-side-encryption", "AES256");
    }

    @Override
    public Artifact put(InputStream bytes, Optional<Digest> expected) {
        return writing.put(bytes, expected);
    }

    @Override
    public InputStream open(Digest digest, long offset, OptionalLong length) {
        return reading.open(digest, offset, length);
    }

    @Override
    public OptionalLong size(Digest digest) {
        return reading.size(digest);
    }

    @Override
    public Page<ListedArtifact> list(int limit, Optional<String> cursor) {
        Page.checkLimit(limit);
        Cursor cursors = Cursor.of("artifacts", settings.bucket(), settings.prefix());
        String after =
                cursor.map(text -> (String) cursors.read(text, "t").get(0)).orElse("");
        return Pages.of(
                listing.after(after, limit + 1),
                limit,
                artifact -> artifact,
                last -> cursors.write(List.of(last.artifact().digest().hex())));
    }

    @Override
    public boolean delete(Digest digest, Instant notPutSince) {
        return removal.remove(digest, notPutSince);
    }

    /**
     * An address from which anybody may read an artifact for a time, straight from the server. Nothing is asked of the
     * server: a link to an unknown artifact is signed too, and what is read through it is checked by nobody but the
     * reader.
     *
     * @param time 1 second to {@link #MAX_LINK}; anything else is {@code INVALID} with code {@code artifact.link}
     */
    public URI presignedGet(Digest digest, Duration time) {
        if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(MAX_LINK) > 0) {
            throw SlipwayException.invalid(
                    "artifact.link",
                    "A link is good for 1 second to " + MAX_LINK.toDays() + " days, not " + time + ".");
        }
        return bucket.presigned(keys.artifact(digest), time);
    }

    @Override
    public void close() {
        calls.close();
        Connections.close(http);
    }
}
