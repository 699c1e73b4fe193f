package dev.slipway.store.s3;

import static dev.slipway.store.tests.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.s3.server.S3Server;
import dev.slipway.s3.server.S3ServerProcess;
import dev.slipway.store.s3.S3Settings.Encryption;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that die, lose answers or damage what they keep. */
class FaultTest {
    private static final int PART = S3Settings.MIN_PART_SIZE;

    @TempDir
    Path objects;

    private static S3Settings settings(URI endpoint) {
        return S3Settings.of(endpoint, "faults", S3Server.ACCESS_KEY, S3Server.SECRET_KEY)
                .withPartSize(PART);
    }

    private static S3ArtifactStore open(S3Settings settings) {
        return S3ArtifactStore.open(settings, InstantSource.system());
    }

    private static byte[] newBytes(int size) {
        byte[] bytes = new byte[size];
        new Random().nextBytes(bytes);
        return bytes;
    }

    @Test
    void aPutThatTheServersDeathCutsShortLeavesNothingToBeSeen() throws Exception {
        byte[] bytes = newBytes(4 * PART);
        Digest digest = Digest.of(bytes);
        try (S3ServerProcess server = S3ServerProcess.start(objects);
                S3ArtifactStore store = open(settings(server.endpoint()))) {
            Digest before = store.put(newBytes(1000)).digest();
            InputStream deadly = new DeadlyStream(bytes, 3L * PART, server::kill);
            assertRefused(() -> store.put(deadly, Optional.empty()), ErrorKind.UNAVAILABLE, "store.unavailable");
            assertRefused(() -> store.size(digest), ErrorKind.UNAVAILABLE, "store.unavailable");
            assertRefused(() -> store.put(newBytes(10)), ErrorKind.UNAVAILABLE, "store.unavailable");
            server.restart();
            assertThat(store.size(digest)).isEmpty();
            assertThat(store.size(before)).hasValue(1000);
            store.put(bytes);
            assertThat(store.read(digest, bytes.length)).isEqualTo(bytes);
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsToldAtTheStart() throws IOException {
        URI nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
        assertRefused(() -> open(settings(nobody)), ErrorKind.UNAVAILABLE, "store.unreachable");
    }

    @Test
    void damagedArtifactsFailBeforeTheirLastByte() throws IOException {
        try (S3Server server = S3Server.start(objects);
                S3ArtifactStore store = open(settings(server.endpoint()))) {
            byte[] bytes = newBytes(10_000);
            Digest digest = store.put(bytes).digest();
            Path file = objects.resolve("faults/artifacts/" + digest);
            byte[] altered = bytes.clone();
            altered[5000] ^= 1;
            for (byte[] damage :
                    List.of(altered, Arrays.copyOf(bytes, 9_999), new byte[0], Arrays.copyOf(bytes, 10_001))) {
                Files.write(file, damage);
                long delivered = 0;
                try (InputStream in = store.open(digest, 0, OptionalLong.empty())) {
                    while (true) {
                        delivered += in.read() < 0 ? fail(damage) : 1;
                    }
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("damaged");
                }
                assertThat(delivered).isLessThan(Math.max(1, damage.length));
                assertRefused(() -> store.read(digest, 20_000), ErrorKind.UNAVAILABLE, "artifact.unreadable");
            }
            store.put(bytes);
            assertThat(store.read(digest, 10_000)).isEqualTo(bytes);
        }
    }

    private static int fail(byte[] damage) {
        throw new AssertionError(damage.length + " damaged bytes were served as good");
    }

    @Test
    void requestsWhoseAnswersAreLostAreRepeatedUntilThePutIsWhole() throws Exception {
        byte[] bytes = newBytes(PART + 1000);
        try (S3Server server = S3Server.start(objects);
                Relay relay = new Relay(server.endpoint());
                S3ArtifactStore store = open(settings(relay.endpoint()));
                StoredKeys stored = new StoredKeys(settings(server.endpoint()))) {
            for (String head : List.of(
                    "POST /faults/staging/[^ ]+[?]uploads",
                    "PUT /faults/staging/[^ ]+partNumber=2",
                    "POST /faults/staging/[^ ]+[?]uploadId",
                    "PUT /faults/artifacts/",
                    "HEAD /faults/artifacts/",
                    "DELETE /faults/staging/")) {
                relay.loseNextAnswerTo(Pattern.compile(head));
                Digest digest = store.put(bytes).digest();
                assertThat(relay.hasLost()).as(head).isTrue();
                assertThat(store.read(digest, bytes.length)).isEqualTo(bytes);
                assertThat(stored.left()).as(head).isEmpty();
            }
        }
    }

    @Test
    void aRemovalWhoseAnswerIsLostLeavesItsMarkerToWarnThosePutting() throws Exception {
        try (S3Server server = S3Server.start(objects);
                Relay relay = new Relay(server.endpoint());
                S3ArtifactStore store = open(settings(relay.endpoint()));
                StoredKeys stored = new StoredKeys(settings(server.endpoint()))) {
            Digest digest = store.put(newBytes(100)).digest();
            relay.loseNextAnswerTo(Pattern.compile("DELETE /faults/artifacts/"));
            assertRefused(() -> store.delete(digest, Instant.MAX), ErrorKind.UNAVAILABLE, "store.unavailable");
            assertThat(stored.left()).singleElement().asString().startsWith("removing/" + digest + "/");
            Digest other = store.put(newBytes(101)).digest();
            assertThat(store.delete(other, Instant.MAX)).isTrue();
            assertThat(stored.left()).hasSize(1);
        }
    }

    @Test
    void aMarkerThatADeadProcessLeftHoldsNothingUpOnceItIsOld() throws Exception {
        byte[] bytes = newBytes(100);
        Digest digest = Digest.of(bytes);
        try (S3Server server = S3Server.start(objects);
                S3ArtifactStore store = open(settings(server.endpoint()));
                StoredKeys stored = new StoredKeys(settings(server.endpoint()))) {
            stored.put("removing/" + digest + "/dead");
            age(objects.resolve("faults/removing/" + digest + "/dead"), Duration.ofMinutes(16));
            store.put(bytes);
            assertThat(stored.left()).isEmpty();
        }
    }

    @Test
    void whatDeadProcessesLeftIsClearedAwayOnceItIsOld() throws Exception {
        try (S3Server server = S3Server.start(objects);
                StoredKeys stored = new StoredKeys(settings(server.endpoint()))) {
            open(settings(server.endpoint())).close();
            stored.put("staging/old");
            stored.put("staging/young");
            stored.put("removing/" + Digest.of(newBytes(1)) + "/old");
            age(objects.resolve("faults/staging/old"), Duration.ofHours(25));
            age(objects.resolve("faults/staging/young"), Duration.ofHours(23));
            try (Stream<Path> markers = Files.walk(objects.resolve("faults/removing"))) {
                for (Path marker : markers.filter(Files::isRegularFile).toList()) {
                    age(marker, Duration.ofMinutes(16));
                }
            }
            open(settings(server.endpoint())).close();
            assertThat(stored.left()).containsExactly("staging/young");
        }
    }

    private static void age(Path file, Duration age) throws IOException {
        FileTime now = Files.getLastModifiedTime(file);
        Files.setLastModifiedTime(file, FileTime.from(now.toInstant().minus(age)));
    }

    /** S3Proxy's files are not encrypted, and it says so; {@link MinioBehaviourTest} sees that a server which can does. */
    @Test
    void aServerThatCanNotEncryptAsItIsToldIsRefusedAtTheStart() throws Exception {
        try (S3Server server = S3Server.start(objects);
                Relay relay = new Relay(server.endpoint())) {
            S3Settings settings = settings(relay.endpoint());
            assertRefused(
                    () -> open(settings.withEncryption(new Encryption.ServerKeys())),
                    ErrorKind.INTERNAL,
                    "store.refused");
            assertRefused(
                    () -> open(settings.withEncryption(new Encryption.KmsKey("my-key"))),
                    ErrorKind.INTERNAL,
                    "store.refused");
            assertThat(relay.heads().stream().filter(head -> head.startsWith("PUT /faults/staging/")))
                    .satisfiesExactly(
                            head -> assertThat(head).containsIgnoringCase("x-amz-server-side-encryption: AES256"),
                            head -> assertThat(head)
                                    .containsIgnoringCase("x-amz-server-side-encryption: aws:kms")
                                    .containsIgnoringCase("x-amz-server-side-encryption-aws-kms-key-id: my-key"));
        }
    }

    @Test
    void noThreadOutlivesTheStore() throws Exception {
        try (S3Server server = S3Server.start(objects)) {
            S3ArtifactStore store = open(settings(server.endpoint()));
            store.put(newBytes(100));
            store.close();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().contains("s3-artifacts")
                        || thread.getName().toLowerCase(Locale.ROOT).contains("okhttp"))
                .allMatch(Thread::isDaemon);
    }

    /** Does something once so many bytes were read. */
    private static final class DeadlyStream extends FilterInputStream {
        private final long after;
        private final Runnable deed;
        private long count;

        DeadlyStream(byte[] bytes, long after, Runnable deed) {
            super(new ByteArrayInputStream(bytes));
            this.after = after;
            this.deed = deed;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            if (count < after && count + read >= after) {
                deed.run();
            }
            count += read;
            return read;
        }
    }
}
