package dev.slipway.training.metric;

import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import dev.slipway.training.TrainingKinds;
import dev.slipway.training.commit.GroupCommitter;
import dev.slipway.training.commit.LogLimits;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Logs to runs, and reads the histories of their metrics. */
@Singleton
public final class RunMetrics implements RunLogging {
    /** So many values are in one answer at most. */
    public static final int MAX_LONG = 1_000_000;

    private static final int MAX_COMPACTED = 1000;

    private final Entities entities;
    private final GroupCommitter committer;
    private final MetricStore metrics;
    private final Callers callers;

    RunMetrics(Entities entities, GroupCommitter committer, MetricStore metrics, Callers callers) {
        this.entities = entities;
        this.committer = committer;
        this.metrics = metrics;
        this.callers = callers;
    }

    @Override
    public void log(RunId id, LogBatch batch) {
        committer.log(id, batch);
    }

    /** A page of a metric's history in the order of (step, timestamp, value). */
    public Page<Metric> history(RunId id, String key, int limit, @Nullable String cursor) {
        Page.checkLimit(limit);
        return longHistory(id, key, limit, cursor);
    }

    /** As {@link #history}, with up to {@value #MAX_LONG} values in a page. */
    public Page<Metric> longHistory(RunId id, String key, int limit, @Nullable String cursor) {
        Series series = existing(id, key);
        List<Metric> values = new ArrayList<>();
        Optional<String> next = Optional.ofNullable(cursor);
        do {
            int wanted = Math.min(Math.min(limit, MAX_LONG) - values.size(), MetricStore.MAX_RANGE);
            Page<Point> page = metrics.range(series, Long.MIN_VALUE, Long.MAX_VALUE, wanted, next);
            page.items().forEach(point -> values.add(metric(key, point)));
            next = page.next();
        } while (next.isPresent() && values.size() < Math.min(limit, MAX_LONG));
        return new Page<>(values, next);
    }

    /**
     * At most {@code size} values between two steps, both included, evenly spread over all that are there; the first and
     * the last one are among them, with a size of 1 the last one.
     */
    public List<Metric> sample(RunId id, String key, long fromStep, long toStep, int size) {
        Series series = existing(id, key);
        EvenSample<Point> sample = new EvenSample<>(size);
        Optional<String> next = Optional.empty();
        do {
            Page<Point> page = metrics.range(series, fromStep, toStep, MetricStore.MAX_RANGE, next);
            page.items().forEach(sample::add);
            next = page.next();
        } while (next.isPresent());
        return sample.items().stream().map(point -> metric(key, point)).toList();
    }

    private static Metric metric(String key, Point point) {
        return new Metric(key, point.value(), point.timestamp(), point.step());
    }

    private Series existing(RunId id, String key) {
        LogLimits.checkKey("metric", key);
        return series(entities.get(TrainingKinds.RUN, id).id(), key);
    }

    /** Makes the histories of a run that has ended quick to read, those of the first thousand metrics. */
    public void compact(RunId id) {
        metrics.keys(callers.workspace(), EntityId.of(id)).stream()
                .limit(MAX_COMPACTED)
                .forEach(key -> metrics.compact(series(id, key)));
    }

    private Series series(RunId id, String key) {
        return new Series(callers.workspace(), EntityId.of(id), key);
    }
}
