package dev.slipway.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ListedArtifact;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.Point;
import dev.slipway.store.tests.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk fails writes plainly, loses nothing that was acknowledged, and is forgotten once there is room again. */
class FullDiskTest {
    @TempDir
    Path folder;

    private SmallDisk mounted;
    private Path disk;

    @BeforeEach
    void mountSmallDisk() throws Exception {
        mounted = SmallDisk.mount(folder, 8);
        disk = mounted.path();
    }

    @AfterEach
    void unmount() {
        if (mounted != null) {
            mounted.close();
        }
    }

    @Test
    void theGraphKeepsWhatItAcknowledgedAndGoesOnWhenThereIsRoom() throws IOException {
        Path filler = fill(4_000_000);
        try (EmbeddedStores stores = EmbeddedStores.open(disk.resolve("data"), InstantSource.system())) {
            long written = writeUntilFull(number -> stores.graph().commit(CrashBatch.graph(number)));
            assertThat(written).isPositive();
            assertBatches(stores, written);
            Files.delete(filler);
            stores.graph().commit(CrashBatch.graph(written));
            assertBatches(stores, written + 1);
        }
    }

    private static void assertBatches(EmbeddedStores stores, long count) {
        assertThat(LongStream.range(0, count + 1).filter(number -> stores.graph()
                        .claim(CrashBatch.WORKSPACE, CrashBatch.claim(number))
                        .isPresent()))
                .hasSize((int) count);
        assertThat(stores.graph().events(0, 10_000)).hasSize((int) count * CrashBatch.EVENTS);
    }

    @Test
    void theMetricsKeepWhatTheyAcknowledged() throws IOException {
        Path filler = fill(6_000_000);
        try (EmbeddedStores stores = EmbeddedStores.open(disk.resolve("data"), InstantSource.system())) {
            long written = writeUntilFull(number -> stores.metrics().append(List.of(points(number))));
            assertThat(points(stores)).isEqualTo(written * 1000);
            Files.delete(filler);
            stores.metrics().append(List.of(points(written)));
            assertThat(points(stores)).isEqualTo((written + 1) * 1000);
        }
    }

    private static Chunk points(long number) {
        return new Chunk(
                CrashBatch.series("a"),
                LongStream.range(number * 1000, (number + 1) * 1000)
                        .mapToObj(step -> new Point(step, step, step))
                        .toList());
    }

    private static long points(EmbeddedStores stores) {
        long points = 0;
        Optional<String> cursor = Optional.empty();
        do {
            Page<Point> page = stores.metrics().range(CrashBatch.series("a"), 0, Long.MAX_VALUE, 25_000, cursor);
            points += page.items().size();
            cursor = page.next();
        } while (cursor.isPresent());
        return points;
    }

    @Test
    void anArtifactThatDoesNotFitLeavesNothing() throws IOException {
        try (EmbeddedStores stores = EmbeddedStores.open(disk.resolve("data"), InstantSource.system())) {
            Artifact small = stores.artifacts().put(new byte[1000]);
            assertRefusedAsFull(() -> stores.artifacts().put(new byte[20_000_000]));
            assertThat(stores.artifacts().list(10, Optional.empty()).items())
                    .extracting(ListedArtifact::artifact)
                    .containsExactly(small);
            try (Stream<Path> left = Files.list(disk.resolve("data/artifacts/tmp"))) {
                assertThat(left).isEmpty();
            }
            assertThat(stores.artifacts().put(new byte[2000]).size()).isEqualTo(2000);
        }
    }

    private Path fill(int bytes) throws IOException {
        return Files.write(disk.resolve("filler"), new byte[bytes]);
    }

    private interface Write {
        void number(long number);
    }

    /** How many writes succeeded before the first that did not fit. */
    private static long writeUntilFull(Write write) {
        List<Long> written = new ArrayList<>();
        assertRefusedAsFull(() -> {
            for (long number = 0; true; number++) {
                write.number(number);
                written.add(number);
            }
        });
        return written.size();
    }

    private static void assertRefusedAsFull(ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(InstanceOfAssertFactories.throwable(SlipwayException.class))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo("store.full");
                    assertThat(refusal.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
                });
    }
}
