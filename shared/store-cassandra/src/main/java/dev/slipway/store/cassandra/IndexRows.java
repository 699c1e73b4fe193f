package dev.slipway.store.cassandra;

import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.metric.Series;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the rows that tell which series and slices there are, before anything is written into them. What this process has
 * written lately it does not write again; to forget it costs a repeat.
 */
final class IndexRows {
    private static final int REMEMBERED = 32_768;

    private record Entity(Workspace workspace, EntityId entity) {}

    private final Requests requests;
    private final Lifetime lifetime;
    /** When each was written, by the monotonic clock: series and partitions, the last used at the end. */
    private final Map<Object, Long> written = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    IndexRows(Requests requests, Lifetime lifetime) {
        this.requests = requests;
        this.lifetime = lifetime;
    }

    /** Returns when all of the rows are there. */
    void ensure(Collection<Partition> partitions) {
        long now = System.nanoTime();
        Set<Partition> slices = new LinkedHashSet<>();
        Set<Series> series = new LinkedHashSet<>();
        synchronized (written) {
            for (Partition partition : partitions) {
                if (isMissing(partition, now)) {
                    slices.add(partition);
                }
                if (isMissing(partition.series(), now)) {
                    series.add(partition.series());
                }
            }
        }
        if (slices.isEmpty() && series.isEmpty()) {
            return;
        }
        write(slices, series);
        synchronized (written) {
            slices.forEach(row -> written.put(row, now));
            series.forEach(row -> written.put(row, now));
        }
    }

    private boolean isMissing(Object row, long now) {
        Long then = written.get(row);
        return then == null || !lifetime.isFresh(now - then);
    }

    private void write(Set<Partition> slices, Set<Series> series) {
        Flight flight = new Flight(requests);
        for (Partition slice : slices) {
            flight.write(
                    slice.series(),
                    requests.bind(Cql.INSERT_SLICE, slice.with(lifetime.indexSeconds())),
                    weight(slice.series()));
        }
        for (Series row : byEntity(series)) {
            flight.write(
                    new Entity(row.workspace(), row.entity()),
                    requests.bind(
                            Cql.INSERT_SERIES,
                            row.workspace().name(),
                            row.entity().value(),
                            row.key(),
                            lifetime.indexSeconds()),
                    weight(row));
        }
        flight.land();
    }

    private static List<Series> byEntity(Set<Series> series) {
        Map<Entity, List<Series>> entities = new LinkedHashMap<>();
        for (Series row : series) {
            entities.computeIfAbsent(new Entity(row.workspace(), row.entity()), entity -> new ArrayList<>())
                    .add(row);
        }
        return entities.values().stream().flatMap(List::stream).toList();
    }

    /** About how many bytes name a series: a character has 3 at most. */
    private static int weight(Series series) {
        return series.workspace().name().length()
                + series.entity().value().length()
                + 3 * series.key().length();
    }
}
