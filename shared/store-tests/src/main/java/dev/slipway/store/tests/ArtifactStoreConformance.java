package dev.slipway.store.tests;

import static dev.slipway.store.tests.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.artifact.ListedArtifact;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link ArtifactStore} does. A backend's test class extends this and gives its store; nothing else.
 *
 * <p>The store need not be empty: each test has bytes of its own.
 */
public abstract class ArtifactStoreConformance {
    @TempDir
    Path folder;

    private final Random random = new Random();
    private ArtifactStore store;

    /**
     * Opens the store.
     *
     * @param folder an empty folder for those that keep their data in files
     */
    protected abstract ArtifactStore open(Path folder);

    @BeforeEach
    final void openStore() {
        store = open(folder);
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    private byte[] newBytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] read(InputStream from) throws IOException {
        try (from) {
            return from.readAllBytes();
        }
    }

    @Nested
    class Puts {
        @Test
        void whatIsPutIsReadBack() throws IOException {
            for (int size : List.of(0, 1, 65_535, 65_536, 65_537, 1_000_000)) {
                byte[] bytes = newBytes(size);
                Artifact artifact = store.put(bytes);
                assertThat(artifact).isEqualTo(new Artifact(Digest.of(bytes), size));
                assertThat(read(store.open(artifact.digest(), 0, OptionalLong.empty())))
                        .isEqualTo(bytes);
                assertThat(store.read(artifact.digest(), size)).isEqualTo(bytes);
                assertThat(store.size(artifact.digest())).hasValue(size);
            }
        }

        @Test
        void theSameBytesAreStoredOnce() {
            byte[] bytes = newBytes(100);
            assertThat(store.put(bytes)).isEqualTo(store.put(bytes));
            long found = GraphFixture.all(cursor -> store.list(1000, cursor)).stream()
                    .filter(listed -> listed.artifact().digest().equals(Digest.of(bytes)))
                    .count();
            assertThat(found).isEqualTo(1);
        }

        @Test
        void bytesOtherThanAnnouncedAreRefusedAndNotStored() {
            byte[] bytes = newBytes(100);
            Digest announced = Digest.of(newBytes(100));
            assertRefused(
                    () -> store.put(new ByteArrayInputStream(bytes), Optional.of(announced)),
                    ErrorKind.INVALID,
                    "artifact.digest-mismatch");
            assertThat(store.size(announced)).isEmpty();
            assertThat(store.size(Digest.of(bytes))).isEmpty();
            assertThat(store.put(new ByteArrayInputStream(bytes), Optional.of(Digest.of(bytes)))
                            .size())
                    .isEqualTo(100);
        }

        @Test
        void aStreamThatBreaksOffLeavesNothing() {
            byte[] bytes = newBytes(200_000);
            InputStream interrupted = new BrokenStream(bytes, new IOException("the client has gone"));
            assertRefused(
                    () -> store.put(interrupted, Optional.empty()), ErrorKind.UNAVAILABLE, "artifact.interrupted");
            assertThat(store.size(Digest.of(bytes))).isEmpty();
        }

        @Test
        void theStreamsOwnErrorIsPassedOn() {
            byte[] bytes = newBytes(10);
            InputStream refused = new BrokenStream(bytes, new UncheckedIOException(new IOException("too large")));
            assertThatThrownBy(() -> store.put(refused, Optional.empty())).isInstanceOf(UncheckedIOException.class);
            assertThat(store.size(Digest.of(bytes))).isEmpty();
        }

        @Test
        void manyWhoPutTheSameBytesAtOnceAllSucceed() throws Exception {
            byte[] bytes = newBytes(300_000);
            List<Callable<Artifact>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                writers.add(() -> store.put(bytes));
            }
            assertThat(Together.run(writers)).containsOnly(new Artifact(Digest.of(bytes), bytes.length));
            assertThat(store.read(Digest.of(bytes), bytes.length)).isEqualTo(bytes);
        }
    }

    @Nested
    class Reads {
        private final byte[] bytes = "0123456789".getBytes(StandardCharsets.US_ASCII);

        @Test
        void rangesAreRead() throws IOException {
            Digest digest = store.put(bytes).digest();
            assertThat(range(digest, 0, OptionalLong.of(4))).isEqualTo("0123");
            assertThat(range(digest, 3, OptionalLong.of(4))).isEqualTo("3456");
            assertThat(range(digest, 3, OptionalLong.empty())).isEqualTo("3456789");
            assertThat(range(digest, 8, OptionalLong.of(100))).isEqualTo("89");
            assertThat(range(digest, 10, OptionalLong.empty())).isEmpty();
            assertThat(range(digest, 2, OptionalLong.of(0))).isEmpty();
            assertThat(range(digest, 0, OptionalLong.of(Long.MAX_VALUE))).isEqualTo("0123456789");
            assertThat(range(digest, 1, OptionalLong.of(Long.MAX_VALUE))).isEqualTo("123456789");
        }

        @Test
        void rangesOutsideTheArtifactAreRefused() {
            Digest digest = store.put(bytes).digest();
            assertRefused(() -> store.open(digest, 11, OptionalLong.empty()), ErrorKind.INVALID, "artifact.range");
            assertRefused(() -> store.open(digest, -1, OptionalLong.empty()), ErrorKind.INVALID, "artifact.range");
            assertRefused(() -> store.open(digest, 0, OptionalLong.of(-1)), ErrorKind.INVALID, "artifact.range");
        }

        @Test
        void readingByteByByteAndSkippingWork() throws IOException {
            Digest digest = store.put(bytes).digest();
            try (InputStream in = store.open(digest, 0, OptionalLong.empty())) {
                assertThat(in.read()).isEqualTo('0');
                assertThat(in.skip(3)).isEqualTo(3);
                assertThat(in.read()).isEqualTo('4');
                assertThat(in.readAllBytes()).hasSize(5);
                assertThat(in.read()).isEqualTo(-1);
            }
        }

        @Test
        void anUnknownArtifactIsNotFound() {
            Digest unknown = Digest.of(newBytes(10));
            assertRefused(() -> store.open(unknown, 0, OptionalLong.empty()), ErrorKind.NOT_FOUND, "artifact.unknown");
            assertThat(store.size(unknown)).isEmpty();
            assertThat(store.delete(unknown, Instant.MAX)).isFalse();
        }

        @Test
        void readingIntoMemoryIsBounded() {
            Digest digest = store.put(bytes).digest();
            assertThat(store.read(digest, 10)).isEqualTo(bytes);
            assertRefused(() -> store.read(digest, 9), ErrorKind.TOO_LARGE, "artifact.too-large");
        }

        private String range(Digest digest, long offset, OptionalLong length) throws IOException {
            return new String(read(store.open(digest, offset, length)), StandardCharsets.US_ASCII);
        }
    }

    @Nested
    class Lists {
        @Test
        void pagingGivesEachArtifactOnceInTheOrderOfDigests() {
            List<Artifact> put = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                put.add(store.put(newBytes(20 + i)));
            }
            for (int limit : List.of(7, 1000)) {
                List<Artifact> listed = GraphFixture.all(cursor -> store.list(limit, cursor)).stream()
                        .map(ListedArtifact::artifact)
                        .toList();
                assertThat(listed).extracting(Artifact::digest).isSorted().doesNotHaveDuplicates();
                assertThat(listed).containsAll(put);
            }
        }

        @Test
        void aDeletedArtifactIsGoneAndMayComeAgain() {
            byte[] bytes = newBytes(50);
            Digest digest = store.put(bytes).digest();
            assertThat(store.delete(digest, Instant.MAX)).isTrue();
            assertThat(store.delete(digest, Instant.MAX)).isFalse();
            assertThat(store.size(digest)).isEmpty();
            assertThat(GraphFixture.all(cursor -> store.list(1000, cursor)))
                    .extracting(listed -> listed.artifact().digest())
                    .doesNotContain(digest);
            assertThat(store.put(bytes).digest()).isEqualTo(digest);
            assertThat(store.read(digest, 50)).isEqualTo(bytes);
        }

        @Test
        void strangeCursorsAndLimitsAreRefused() {
            assertRefused(() -> store.list(10, Optional.of("zz")), ErrorKind.INVALID, "page.cursor");
            assertRefused(() -> store.list(0, Optional.empty()), ErrorKind.INVALID, "page.limit");
            assertRefused(() -> store.list(1001, Optional.empty()), ErrorKind.INVALID, "page.limit");
        }
    }

    @Nested
    class Removals extends ArtifactRemovalTests {
        @Override
        ArtifactStore store() {
            return store;
        }

        @Override
        byte[] newBytes(int size) {
            return ArtifactStoreConformance.this.newBytes(size);
        }
    }
}
