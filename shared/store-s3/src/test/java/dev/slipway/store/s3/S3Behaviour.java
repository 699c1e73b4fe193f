package dev.slipway.store.s3;

import static dev.slipway.store.tests.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.store.artifact.Artifact;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store does beyond the port, on any server. */
abstract class S3Behaviour {
    static final int PART = S3Settings.MIN_PART_SIZE;
    private static final int LARGE = 20_000_000;

    private final Random random = new Random();
    private S3Settings settings;
    private S3ArtifactStore store;
    private StoredKeys stored;

    /** The server's settings, with any prefix. */
    abstract S3Settings server();

    @BeforeEach
    void open() {
        settings = server().withPartSize(PART).withPrefix("behaviour/" + UUID.randomUUID() + "/");
        store = S3ArtifactStore.open(settings, PART, InstantSource.system());
        stored = new StoredKeys(settings);
    }

    @AfterEach
    void close() {
        // Not there where the test was skipped.
        if (store != null) {
            store.close();
            stored.close();
        }
    }

    private byte[] newBytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void artifactsOfSeveralPartsAreStoredWholeAndNothingElseIsLeft() throws Exception {
        for (int size : List.of(PART - 1, PART, PART + 1, 2 * PART, LARGE)) {
            byte[] bytes = newBytes(size);
            assertThat(store.put(bytes)).isEqualTo(new Artifact(Digest.of(bytes), size));
            assertThat(store.read(Digest.of(bytes), size)).isEqualTo(bytes);
            assertThat(range(Digest.of(bytes), size / 2, 1000)).isEqualTo(part(bytes, size / 2, 1000));
        }
        assertThat(stored.left()).isEmpty();
        assertThat(stored.uploads()).isZero();
    }

    @Test
    void theServerCopiesALongArtifactInOneRequestToo() throws Exception {
        byte[] bytes = newBytes(LARGE);
        try (S3ArtifactStore copying = S3ArtifactStore.open(settings, InstantSource.system())) {
            copying.put(bytes);
        }
        assertThat(store.read(Digest.of(bytes), LARGE)).isEqualTo(bytes);
        assertThat(stored.left()).isEmpty();
    }

    private static byte[] part(byte[] bytes, int offset, int length) {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    private byte[] range(Digest digest, long offset, long length) throws IOException {
        try (InputStream in = store.open(digest, offset, OptionalLong.of(length))) {
            return in.readAllBytes();
        }
    }

    @Test
    void aStreamThatBreaksInALaterPartLeavesNothing() throws Exception {
        byte[] begun = newBytes(2 * PART + 1000);
        InputStream broken = new SequenceInputStream(
                new ByteArrayInputStream(begun), new FailingStream(new IOException("the client has gone")));
        assertRefused(() -> store.put(broken, Optional.empty()), ErrorKind.UNAVAILABLE, "artifact.interrupted");
        assertThat(stored.all()).isEmpty();
        assertThat(stored.uploads()).isZero();
    }

    @Test
    void anInterruptedStreamLeavesNothingAndTheThreadKnows() throws Exception {
        InputStream broken = new SequenceInputStream(
                new ByteArrayInputStream(newBytes(2 * PART)), new FailingStream(new InterruptedIOException()));
        try {
            assertRefused(() -> store.put(broken, Optional.empty()), ErrorKind.UNAVAILABLE, "artifact.interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(stored.all()).isEmpty();
        assertThat(stored.uploads()).isZero();
    }

    @Test
    void anInterruptedThreadStoresNothing() throws Exception {
        byte[] bytes = newBytes(2 * PART);
        Thread.currentThread().interrupt();
        try {
            assertRefused(() -> store.put(bytes), ErrorKind.UNAVAILABLE, "store.interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(store.size(Digest.of(bytes))).isEmpty();
        // The upload that was being begun is given up when its name comes.
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (stored.uploads() > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(stored.uploads()).isZero();
    }

    @Test
    void longBytesOtherThanAnnouncedLeaveNothing() throws Exception {
        byte[] bytes = newBytes(PART + 1000);
        assertRefused(
                () -> store.put(new ByteArrayInputStream(bytes), Optional.of(Digest.of(newBytes(10)))),
                ErrorKind.INVALID,
                "artifact.digest-mismatch");
        assertThat(stored.all()).isEmpty();
        assertThat(stored.uploads()).isZero();
    }

    @Test
    void whatWasPutIsThereThoughManyRemoveItMeanwhile() throws Exception {
        List<byte[]> contents = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            contents.add(newBytes(i % 6 == 5 ? PART + 1000 : 1000));
        }
        Digest last = Digest.of(contents.get(0));
        for (byte[] bytes : contents) {
            last = store.put(bytes).digest();
        }
        Instant cutoff = laterThan(last);
        AtomicInteger removed = new AtomicInteger();
        for (byte[] bytes : contents) {
            raceOver(bytes, cutoff, removed, bytes == contents.get(0));
        }
        assertThat(removed.get()).isPositive();
        assertThat(stored.left()).isEmpty();
    }

    /** Three remove what is older than the instant, while three put it anew: what one has put may not vanish after it. */
    private void raceOver(byte[] bytes, Instant cutoff, AtomicInteger removed, boolean removedFirst) throws Exception {
        Digest digest = Digest.of(bytes);
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(removedFirst ? 1 : 0);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<?>> removers = new ArrayList<>();
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                removers.add(threads.submit(() -> {
                    while (!done.get()) {
                        if (store.delete(digest, cutoff)) {
                            removed.incrementAndGet();
                            begun.countDown();
                        }
                    }
                }));
                writers.add(threads.submit(() -> {
                    assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
                    store.put(bytes);
                    for (int look = 0; look < 5; look++) {
                        assertThat(store.size(digest)).hasValue(bytes.length);
                    }
                    return null;
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            done.set(true);
            for (Future<?> remover : removers) {
                remover.get();
            }
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
        assertThat(store.size(digest)).hasValue(bytes.length);
    }

    /** An instant by the server's clock after that of the artifact, at which nothing was put yet. */
    private Instant laterThan(Digest digest) {
        Instant put = put(digest);
        Instant now = put;
        while (!now.isAfter(put)) {
            Digest other = store.put(newBytes(10)).digest();
            now = put(other);
            store.delete(other, Instant.MAX);
        }
        return now;
    }

    private Instant put(Digest digest) {
        return store.list(1000, Optional.empty()).items().stream()
                .filter(listed -> listed.artifact().digest().equals(digest))
                .findFirst()
                .orElseThrow()
                .put();
    }

    @Test
    void aCursorOfAnotherQueryIsRefused() {
        store.put(newBytes(10));
        store.put(newBytes(11));
        String cursor = store.list(1, Optional.empty()).next().orElseThrow();
        try (S3ArtifactStore other = S3ArtifactStore.open(settings.withPrefix("other/"), InstantSource.system())) {
            assertRefused(() -> other.list(1, Optional.of(cursor)), ErrorKind.INVALID, "page.cursor");
        }
    }

    @Test
    void keysThatAreNoDigestsAreNotListed() {
        Digest digest = store.put(newBytes(10)).digest();
        stored.put("artifacts/0-notes.txt");
        stored.put("artifacts/f-notes.txt");
        assertThat(store.list(1, Optional.empty()).items())
                .extracting(listed -> listed.artifact().digest())
                .containsExactly(digest);
    }

    @Test
    void anybodyReadsThroughALinkAsItWasSigned() throws Exception {
        byte[] bytes = newBytes(1000);
        Digest digest = store.put(bytes).digest();
        URI link = store.presignedGet(digest, Duration.ofMinutes(5));
        HttpResponse<byte[]> answer = fetch(link);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(bytes);
        Digest other = store.put(newBytes(10)).digest();
        assertThat(fetch(URI.create(link.toString().replace(digest.hex(), other.hex())))
                        .statusCode())
                .isEqualTo(403);
        assertThat(fetch(URI.create(link.toString().replace("X-Amz-Expires=300", "X-Amz-Expires=9000")))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aLinkIsGoodForItsTimeOnly() throws Exception {
        Digest digest = store.put(newBytes(10)).digest();
        URI link = store.presignedGet(digest, Duration.ofSeconds(1));
        long begun = System.nanoTime();
        int status = fetch(link).statusCode();
        while (status == 200
                && System.nanoTime() - begun < Duration.ofMinutes(1).toNanos()) {
            status = fetch(link).statusCode();
        }
        assertThat(status).isIn(400, 403);
    }

    @Test
    void linksForTooLongOrNoTimeAreRefused() {
        Digest digest = store.put(newBytes(10)).digest();
        for (Duration time : List.of(
                Duration.ZERO, Duration.ofMillis(999), Duration.ofDays(7).plusSeconds(1))) {
            assertRefused(() -> store.presignedGet(digest, time), ErrorKind.INVALID, "artifact.link");
        }
        assertThat(store.presignedGet(digest, Duration.ofDays(7))).isNotNull();
    }

    private static HttpResponse<byte[]> fetch(URI link) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void wrongKeysAreRefusedAtTheStart() {
        S3Settings wrongSecret =
                S3Settings.of(settings.endpoint(), settings.bucket(), settings.accessKey(), "wrong-key");
        S3Settings wrongAccess = S3Settings.of(settings.endpoint(), settings.bucket(), "nobody", settings.secretKey());
        for (S3Settings wrong : List.of(wrongSecret, wrongAccess)) {
            assertRefused(
                    () -> S3ArtifactStore.open(wrong, InstantSource.system()),
                    ErrorKind.UNAUTHENTICATED,
                    "store.credentials");
        }
    }

    @Test
    void aMissingBucketIsMadeOnlyIfTheSettingsSaySo() {
        S3Settings missing = S3Settings.of(
                settings.endpoint(), "missing-" + UUID.randomUUID(), settings.accessKey(), settings.secretKey());
        assertRefused(
                () -> S3ArtifactStore.open(missing.withCreateBucket(false), InstantSource.system()),
                ErrorKind.NOT_FOUND,
                "store.bucket");
        S3ArtifactStore.open(missing, InstantSource.system()).close();
        S3ArtifactStore.open(missing.withCreateBucket(false), InstantSource.system())
                .close();
    }

    @Test
    void callsAfterTheCloseAreRefused() {
        Digest digest = store.put(newBytes(10)).digest();
        store.close();
        store.close();
        assertRefused(() -> store.put(newBytes(10)), ErrorKind.UNAVAILABLE, "store.closed");
        assertRefused(() -> store.size(digest), ErrorKind.UNAVAILABLE, "store.closed");
    }

    @Test
    void someoneElsesMarkerHoldsUpAPutUntilItIsGone() throws Exception {
        byte[] bytes = newBytes(100);
        Keys keys = new Keys("");
        String marker = keys.newMarker(Digest.of(bytes));
        stored.put(marker);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Artifact> put = thread.submit(() -> store.put(bytes));
            long begun = System.nanoTime();
            while (store.size(Digest.of(bytes)).isEmpty()
                    && System.nanoTime() - begun < Duration.ofMinutes(1).toNanos()) {
                Thread.onSpinWait();
            }
            assertThat(put.isDone()).isFalse();
            stored.remove(marker);
            assertThat(put.get().size()).isEqualTo(100);
        } finally {
            thread.shutdownNow();
        }
    }

    /** Fails at once. */
    private static final class FailingStream extends InputStream {
        private final IOException failure;

        FailingStream(IOException failure) {
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            throw failure;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            throw failure;
        }
    }
}
