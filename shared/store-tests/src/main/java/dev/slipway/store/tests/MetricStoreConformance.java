package dev.slipway.store.tests;

import dev.slipway.kernel.Page;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link MetricStore} does. A backend's test class extends this and gives its store; nothing else.
 *
 * <p>The store need not be empty: each test keeps to workspaces of its own.
 */
public abstract class MetricStoreConformance {
    @TempDir
    Path folder;

    private Fixture fixture;

    /** Opens the store. Called twice with one folder, it gives two handles on the same data. */
    protected abstract MetricStore open(Path folder);

    /** What the backend can't do. */
    protected Set<Capability> optOuts() {
        return Set.of();
    }

    @BeforeEach
    final void openStore() {
        MetricStore store = open(folder);
        fixture = new Fixture(
                store, optOuts().contains(Capability.SHARED_BY_PROCESSES) ? store : open(folder), optOuts());
    }

    @AfterEach
    final void closeStore() {
        fixture.close();
    }

    @Nested
    class Appends extends MetricAppendTests {
        @Override
        Fixture metrics() {
            return fixture;
        }
    }

    @Nested
    class Ranges extends MetricRangeTests {
        @Override
        Fixture metrics() {
            return fixture;
        }
    }

    @Nested
    class Summaries extends MetricSummaryTests {
        @Override
        Fixture metrics() {
            return fixture;
        }
    }

    @Nested
    class SeriesLists extends MetricSeriesTests {
        @Override
        Fixture metrics() {
            return fixture;
        }
    }

    /** A store with workspaces that nobody else uses. */
    static final class Fixture implements AutoCloseable {
        final MetricStore store;
        final MetricStore otherHandle;
        final Set<Capability> optOuts;
        final IdGenerator ids = new IdGenerator();
        final Workspace here = new Workspace("w" + ids.next(EntityId::new));
        final Workspace elsewhere = new Workspace("w" + ids.next(EntityId::new));
        final EntityId run = ids.next(EntityId::new);
        final Series loss = new Series(here, run, "loss");

        Fixture(MetricStore store, MetricStore otherHandle, Set<Capability> optOuts) {
            this.store = store;
            this.otherHandle = otherHandle;
            this.optOuts = optOuts;
        }

        void append(Series series, Point... points) {
            store.append(List.of(new Chunk(series, Arrays.asList(points))));
        }

        List<Point> all(Series series) {
            return range(series, Long.MIN_VALUE, Long.MAX_VALUE, 1000);
        }

        List<Point> range(Series series, long from, long to, int limit) {
            return GraphFixture.all(cursor -> page(series, from, to, limit, cursor));
        }

        Page<Point> page(Series series, long from, long to, int limit, Optional<String> cursor) {
            return store.range(series, from, to, limit, cursor);
        }

        @Override
        public void close() {
            if (otherHandle != store) {
                otherHandle.close();
            }
            store.close();
        }
    }
}
