package dev.slipway.store.tests;

import static dev.slipway.store.tests.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** All series of all workspaces are listed. */
abstract class MetricSeriesTests {
    abstract MetricStoreConformance.Fixture metrics();

    @Test
    void everySeriesOfEveryWorkspaceIsGivenOnceWhateverTheLimit() {
        Set<Series> written = write();
        for (int limit : List.of(3, 1000)) {
            List<Series> found = ours(limit);
            assertThat(found).as("limit %d", limit).doesNotHaveDuplicates().hasSameElementsAs(written);
            assertThat(found).isEqualTo(ours(1000));
        }
        assertThat(GraphFixture.all(cursor -> metrics().otherHandle.series(7, cursor)))
                .containsAll(written);
    }

    /** Series with many chunks far apart, and names that sort in odd ways. */
    private Set<Series> write() {
        Set<Series> written = new HashSet<>();
        for (Workspace workspace : List.of(metrics().here, metrics().elsewhere)) {
            for (int i = 0; i < 4; i++) {
                EntityId entity = metrics().ids.next(EntityId::new);
                for (String key : List.of("loss", "los", "loss/ü 😀", "Z", "k".repeat(250))) {
                    Series series = new Series(workspace, entity, key);
                    written.add(series);
                    metrics().append(series, new Point(i, 1, 1));
                    metrics().append(series, new Point(i + 1_000_000L, 2, Double.NaN), new Point(-i, 2, 1));
                }
            }
        }
        return written;
    }

    private List<Series> ours(int limit) {
        return GraphFixture.all(cursor -> metrics().store.series(limit, cursor)).stream()
                .filter(series -> series.workspace().equals(metrics().here)
                        || series.workspace().equals(metrics().elsewhere))
                .toList();
    }

    @Test
    void whatIsListedCanBeCopiedPointByPoint() {
        Point[] points = {
            new Point(Long.MIN_VALUE, 0, Double.NEGATIVE_INFINITY),
            new Point(-1, 5, -0.0),
            new Point(3, 5, 0.0),
            new Point(3, 5, Double.NaN),
            new Point(Long.MAX_VALUE, Long.MAX_VALUE, Double.MIN_VALUE)
        };
        metrics().append(metrics().loss, points);
        Series listed = ours(1000).get(0);
        assertThat(listed).isEqualTo(metrics().loss);
        Series copy = new Series(metrics().elsewhere, listed.entity(), listed.key());
        for (int times = 0; times < 2; times++) {
            metrics().append(copy, metrics().all(listed).toArray(Point[]::new));
            assertThat(metrics().all(copy)).containsExactly(points);
        }
    }

    @Test
    void strangeCursorsAndLimitsAreRefused() {
        write();
        Optional<String> ofSeries = metrics().store.series(1, Optional.empty()).next();
        assertThat(ofSeries).isPresent();
        metrics().append(metrics().loss, new Point(1, 1, 1), new Point(2, 2, 2));
        Optional<String> ofRange =
                metrics().page(metrics().loss, 0, 10, 1, Optional.empty()).next();
        assertThat(ofRange).isPresent();
        for (Optional<String> cursor : List.of(Optional.of("?"), Optional.of(""), ofRange)) {
            assertRefused(() -> metrics().store.series(1, cursor), ErrorKind.INVALID, "page.cursor");
        }
        assertRefused(() -> metrics().page(metrics().loss, 0, 10, 1, ofSeries), ErrorKind.INVALID, "page.cursor");
        assertRefused(() -> metrics().store.series(0, Optional.empty()), ErrorKind.INVALID, "page.limit");
        assertRefused(() -> metrics().store.series(1001, Optional.empty()), ErrorKind.INVALID, "page.limit");
    }
}
