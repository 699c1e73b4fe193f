package dev.slipway.training.tracemetric;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.training.trace.TraceSearch;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;

/** Answers what is asked of many traces at once; each time from the traces themselves. */
@Singleton
public final class TraceMetrics {
    /** So many traces are read for one answer; fewer where their spans are read as well. */
    private static final int MAX_TRACES = 100_000;

    private static final int MAX_WITH_SPANS = 10_000;
    private static final int MAX_GROUPS = 100_000;
    private static final long SECOND = 1000;
    private static final long LONGEST_INTERVAL = 100L * 366 * 24 * 3600;
    private static final String BUCKET = "time_bucket";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'").withZone(ZoneOffset.UTC);

    private final TraceSearch search;
    private final Samples samples;

    TraceMetrics(TraceSearch search, Samples samples) {
        this.search = search;
        this.samples = samples;
    }

    /**
     * What is asked.
     *
     * @param view {@code TRACES}, {@code SPANS} or {@code ASSESSMENTS}
     * @param filters all of which hold
     * @param interval seconds; null for the whole time as one
     * @param from UTC milliseconds of the first trace; null for any, unless there is an interval
     * @param until UTC milliseconds of the last trace; likewise
     * @param limit of groups
     */
    public record Query(
            List<ExperimentId> experiments,
            String view,
            String metric,
            List<Aggregation> aggregations,
            List<String> dimensions,
            List<String> filters,
            @Nullable Long interval,
            @Nullable Long from,
            @Nullable Long until,
            int limit) {
        public Query {
            if (limit < 1 || limit > MAX_GROUPS) {
                throw SlipwayException.invalid(
                        "trace-metric.limit", "An answer has 1 to " + MAX_GROUPS + " groups, not " + limit + ".");
            }
            if (interval != null && (interval < 1 || interval > LONGEST_INTERVAL || from == null || until == null)) {
                throw SlipwayException.invalid(
                        "trace-metric.interval",
                        "An interval has 1 to " + LONGEST_INTERVAL + " seconds, and needs 'start_time_ms' and"
                                + " 'end_time_ms'.");
            }
        }
    }

    /** The figures of a group, and what its members have in common. */
    public record Point(Map<String, String> dimensions, Map<String, Double> values) {}

    /**
     * The groups that have any values, by time and then by their dimensions.
     *
     * @throws SlipwayException {@code trace-metric.…} for what can't be asked; {@code trace.too-many-read}
     */
    public List<Point> query(Query query) {
        Metric metric = Metric.of(query.view(), query.metric());
        metric.check(query.aggregations(), query.dimensions());
        List<MetricFilter> filters = query.filters().stream()
                .map(text -> MetricFilter.of(metric.view(), text))
                .toList();
        Map<List<String>, Group> groups = new HashMap<>();
        if (!query.experiments().isEmpty()) {
            search.each(
                    query.experiments(),
                    query.from(),
                    query.until(),
                    metric.view() == Metric.View.SPANS ? MAX_WITH_SPANS : MAX_TRACES,
                    trace -> samples.of(metric, filters, trace.body()).forEach(sample -> add(groups, query, sample)));
        }
        return groups.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(TraceMetrics::compare))
                .limit(query.limit())
                .map(group -> point(query, group.getKey(), group.getValue()))
                .toList();
    }

    private static void add(Map<List<String>, Group> groups, Query query, Sample sample) {
        List<String> key = new ArrayList<>();
        if (query.interval() != null) {
            long bucket = query.interval() * SECOND;
            key.add(TIME.format(Instant.ofEpochMilli(Math.floorDiv(sample.time(), bucket) * bucket)));
        }
        for (String dimension : query.dimensions()) {
            String value = sample.dimensions().get(dimension);
            if (value == null) {
                return;
            }
            key.add(value);
        }
        groups.computeIfAbsent(key, each -> new Group()).add(sample);
        if (groups.size() > MAX_GROUPS) {
            throw SlipwayException.tooLarge(
                    "trace-metric.groups",
                    "These are more than " + MAX_GROUPS + " groups; ask for a longer interval or fewer dimensions.");
        }
    }

    private static final class Group {
        private final DoubleStream.Builder values = DoubleStream.builder();
        private final Set<String> same = new HashSet<>();

        void add(Sample sample) {
            if (sample.same() == null || same.add(sample.same())) {
                values.add(sample.value());
            }
        }

        double[] sorted() {
            return values.build().sorted().toArray();
        }
    }

    private static int compare(List<String> left, List<String> right) {
        for (int i = 0; i < left.size(); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static Point point(Query query, List<String> key, Group group) {
        Map<String, String> dimensions = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(query.dimensions());
        if (query.interval() != null) {
            names.add(0, BUCKET);
        }
        for (int i = 0; i < names.size(); i++) {
            dimensions.put(names.get(i), key.get(i));
        }
        double[] sorted = group.sorted();
        Map<String, Double> values = new LinkedHashMap<>();
        query.aggregations().forEach(aggregation -> values.put(aggregation.shown(), aggregation.of(sorted)));
        return new Point(dimensions, values);
    }
}
