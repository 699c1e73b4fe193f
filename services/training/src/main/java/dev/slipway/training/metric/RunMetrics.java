package dev.slipway.training.metric;

import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Series;
import dev.slipway.training.TrainingKinds;
import dev.slipway.training.commit.GroupCommitter;
import dev.slipway.training.commit.LogLimits;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Logs to runs, and reads the histories of their metrics. */
@Singleton
public final class RunMetrics {
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

    /** When it has returned, everything of the batch survives the death of the process. */
    public void log(RunId id, LogBatch batch) {
        committer.log(id, batch);
    }

    /** A page of a metric's history in the order of (step, timestamp, value). */
    public Page<Metric> history(RunId id, String key, int limit, @Nullable String cursor) {
        LogLimits.checkKey("metric", key);
        Page.checkLimit(limit);
        return metrics.range(
                        series(entities.get(TrainingKinds.RUN, id).id(), key),
                        Long.MIN_VALUE,
                        Long.MAX_VALUE,
                        limit,
                        Optional.ofNullable(cursor))
                .map(point -> new Metric(key, point.value(), point.timestamp(), point.step()));
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
