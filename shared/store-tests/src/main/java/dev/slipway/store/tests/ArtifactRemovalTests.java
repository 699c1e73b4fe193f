package dev.slipway.store.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.Digest;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.artifact.ListedArtifact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What nobody has put for a while can be removed, and only that, even while others put it again.
 *
 * <p>Times are compared only with others that the store itself gave, because its clock and its resolution are its own.
 */
abstract class ArtifactRemovalTests {
    private static final int SIZE = 3_000;
    private static final long A_MINUTE = Duration.ofMinutes(1).toNanos();

    abstract ArtifactStore store();

    abstract byte[] newBytes(int size);

    @Test
    void aListTellsWhenAnArtifactWasPutLast() {
        byte[] bytes = newBytes(SIZE);
        Digest digest = store().put(bytes).digest();
        Instant first = put(digest).orElseThrow();
        Instant later = later(first);
        assertThat(put(digest)).contains(first);
        store().put(bytes);
        assertThat(put(digest).orElseThrow()).isAfterOrEqualTo(later);
    }

    @Test
    void whatWasPutBeforeIsRemovedAndWhatWasPutSinceIsKept() {
        Digest old = store().put(newBytes(SIZE)).digest();
        Instant cutoff = later(put(old).orElseThrow());
        Digest young = store().put(newBytes(SIZE)).digest();
        assertThat(store().delete(young, cutoff)).isFalse();
        assertThat(store().size(young)).hasValue(SIZE);
        assertThat(store().delete(old, put(old).orElseThrow())).isFalse();
        assertThat(store().size(old)).hasValue(SIZE);
        assertThat(store().delete(old, cutoff)).isTrue();
        assertThat(store().size(old)).isEmpty();
        assertThat(put(old)).isEmpty();
    }

    @Test
    void puttingTheSameBytesAgainKeepsThem() {
        byte[] bytes = newBytes(SIZE);
        Digest digest = store().put(bytes).digest();
        Instant cutoff = later(put(digest).orElseThrow());
        store().put(bytes);
        assertThat(store().delete(digest, cutoff)).isFalse();
        assertThat(store().read(digest, SIZE)).isEqualTo(bytes);
    }

    @Test
    void whatAPutHasReturnedForIsThereThoughOthersRemoveItMeanwhile() throws Exception {
        List<byte[]> contents = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            contents.add(newBytes(SIZE));
        }
        Instant last = Instant.MIN;
        for (byte[] bytes : contents) {
            Digest digest = store().put(bytes).digest();
            last = contents.indexOf(bytes) == contents.size() - 1 ? put(digest).orElseThrow() : last;
        }
        Instant cutoff = later(last);
        AtomicInteger writing = new AtomicInteger(3);
        AtomicInteger current = new AtomicInteger();
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int writer = 0; writer < 3; writer++) {
            tasks.add(() -> putAgain(contents, current, writing));
        }
        for (int remover = 0; remover < 2; remover++) {
            tasks.add(() -> remove(contents, cutoff, current, writing));
        }
        Together.run(tasks);
        for (byte[] bytes : contents) {
            assertThat(store().read(Digest.of(bytes), SIZE)).isEqualTo(bytes);
        }
    }

    private int putAgain(List<byte[]> contents, AtomicInteger current, AtomicInteger writing) {
        try {
            for (int i = 0; i < contents.size(); i++) {
                byte[] bytes = contents.get(i);
                current.accumulateAndGet(i, Math::max);
                Digest digest = store().put(bytes).digest();
                for (int look = 0; look < 5; look++) {
                    assertThat(store().size(digest)).as("size, look %d", look).hasValue(SIZE);
                    assertThat(store().read(digest, SIZE)).isEqualTo(bytes);
                }
            }
            return contents.size();
        } finally {
            writing.decrementAndGet();
        }
    }

    private int remove(List<byte[]> contents, Instant cutoff, AtomicInteger current, AtomicInteger writing) {
        int removed = 0;
        while (writing.get() > 0) {
            int first = Math.max(0, current.get() - 2);
            for (int i = first; i < Math.min(contents.size(), first + 5); i++) {
                removed += store().delete(Digest.of(contents.get(i)), cutoff) ? 1 : 0;
            }
        }
        return removed;
    }

    /** A time of the store's own clock after another: it puts something until that is listed with a later one. */
    private Instant later(Instant than) {
        long begun = System.nanoTime();
        while (true) {
            Instant now = put(store().put(newBytes(10)).digest()).orElseThrow();
            if (now.isAfter(than)) {
                return now;
            }
            assertThat(System.nanoTime() - begun).as("the store's clock moves").isLessThan(A_MINUTE);
        }
    }

    private Optional<Instant> put(Digest digest) {
        return GraphFixture.all(cursor -> store().list(1000, cursor)).stream()
                .filter(listed -> listed.artifact().digest().equals(digest))
                .map(ListedArtifact::put)
                .findFirst();
    }
}
