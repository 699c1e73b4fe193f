package dev.slipway.training.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.api.Allowed;
import dev.slipway.api.Required;
import dev.slipway.api.training.Metric;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import dev.slipway.mlflow.Absent;
import dev.slipway.mlflow.MaxResults;
import dev.slipway.training.metric.RunMetrics;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The histories of MLflow's metrics. */
@Controller("/api/2.0/mlflow/metrics")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.VIEWER)
class MetricsController {
    private static final int MAX_RUNS = 100;
    private static final int MAX_BULK = 25_000;
    private static final int MAX_SAMPLE = 2500;

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record History(
            @Nullable List<MetricMessage> metrics, @Nullable String nextPageToken) {
        static History of(List<MetricMessage> metrics) {
            return new History(Absent.ifEmpty(metrics), null);
        }
    }

    private final RunMetrics metrics;

    MetricsController(RunMetrics metrics) {
        this.metrics = metrics;
    }

    @Get("/get-history")
    History history(
            @Nullable @QueryValue("run_id") String runId,
            @Nullable @QueryValue("run_uuid") String runUuid,
            @Nullable @QueryValue("metric_key") String key,
            @Nullable @QueryValue("max_results") Integer limit,
            @Nullable @QueryValue("page_token") String cursor) {
        RunId run = RunIds.of(runId, runUuid);
        Required.part("metric_key", key);
        int wanted = MaxResults.of(limit, RunMetrics.MAX_LONG, Integer.MAX_VALUE);
        Page<Metric> page = metrics.longHistory(run, key, wanted, Absent.ifEmpty(cursor));
        return new History(MetricMessage.of(page.items()), page.next().orElse(null));
    }

    /** The histories of several runs, by run, cut where they are too many in all. */
    @Get("/get-history-bulk")
    History bulk(
            @Nullable @QueryValue("run_id") List<String> runIds,
            @Nullable @QueryValue("metric_key") String key,
            @Nullable @QueryValue("max_results") Integer limit) {
        List<MetricMessage> all = new ArrayList<>();
        int most = Math.min(MAX_BULK, MaxResults.of(limit, MAX_BULK, Integer.MAX_VALUE));
        for (RunId run : runs("run_id", runIds, key)) {
            if (all.size() < most) {
                metrics.longHistory(run, key, most - all.size(), null)
                        .items()
                        .forEach(metric -> all.add(MetricMessage.of(run, metric)));
            }
        }
        return History.of(all);
    }

    /** Samples of the histories of several runs. */
    @Get("/get-history-bulk-interval")
    History bulkInterval(
            @Nullable @QueryValue("run_ids") List<String> runIds,
            @Nullable @QueryValue("metric_key") String key,
            @Nullable @QueryValue("start_step") Long start,
            @Nullable @QueryValue("end_step") Long end,
            @Nullable @QueryValue("max_results") Integer limit) {
        if ((start == null) != (end == null) || (start != null && start > end)) {
            throw SlipwayException.invalid(
                    "metric.interval",
                    "An interval goes from start_step to end_step, which is not smaller; send both or none.");
        }
        int most = MaxResults.of(limit, MAX_SAMPLE, MAX_SAMPLE);
        List<MetricMessage> all = new ArrayList<>();
        for (RunId run : runs("run_ids", runIds, key)) {
            metrics.sample(run, key, start == null ? Long.MIN_VALUE : start, end == null ? Long.MAX_VALUE : end, most)
                    .forEach(metric -> all.add(MetricMessage.of(run, metric)));
        }
        return History.of(all);
    }

    private static List<RunId> runs(String part, @Nullable List<String> ids, @Nullable String key) {
        Required.part(part, ids);
        Required.part("metric_key", key);
        if (ids.isEmpty() || ids.size() > MAX_RUNS) {
            throw SlipwayException.invalid(
                    "metric.runs",
                    "Histories are told of 1 to " + MAX_RUNS + " runs at once, not of " + ids.size() + ".");
        }
        return new TreeSet<>(ids).stream().map(RunIds::of).toList();
    }
}
