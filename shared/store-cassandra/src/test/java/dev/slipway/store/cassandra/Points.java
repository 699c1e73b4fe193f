package dev.slipway.store.cassandra;

import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.store.metric.Chunk;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Series and points for tests. */
final class Points {
    private static final IdGenerator IDS = new IdGenerator();

    private Points() {}

    /** A series of an entity that nobody else uses. */
    static Series series() {
        return new Series(Workspace.DEFAULT, IDS.next(EntityId::new), "loss");
    }

    /** One point per step, both ends inclusive. */
    static List<Point> steps(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(step -> new Point(step, step, step))
                .toList();
    }

    static void append(MetricStore store, Series series, List<Point> points) {
        store.append(List.of(new Chunk(series, points)));
    }

    static List<Point> all(MetricStore store, Series series) {
        List<Point> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = store.range(series, Long.MIN_VALUE, Long.MAX_VALUE, MetricStore.MAX_RANGE, cursor);
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor.isPresent());
        return all;
    }
}
