package dev.slipway.training.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Role;
import dev.slipway.training.experiment.ExperimentIds;
import dev.slipway.training.tracemetric.TraceMetrics;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** MLflow's figures over many traces. */
@Controller("/api/3.0/mlflow/traces/metrics")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.VIEWER)
class TraceMetricsController {
    private static final int USUAL = 1000;

    private final TraceMetrics metrics;
    private final ExperimentIds experiments;

    TraceMetricsController(TraceMetrics metrics, ExperimentIds experiments) {
        this.metrics = metrics;
        this.experiments = experiments;
    }

    @Post
    TraceMetricMessages.Points query(@Body TraceMetricMessages.Query request) {
        TraceMetrics.Query query = new TraceMetrics.Query(
                request.experimentIds().stream()
                        .flatMap(id -> experiments.find(id).stream())
                        .toList(),
                request.viewType(),
                request.metricName(),
                request.aggregations().stream()
                        .map(TraceMetricMessages.Asked::aggregation)
                        .toList(),
                request.dimensions() == null ? List.of() : request.dimensions(),
                request.filters() == null ? List.of() : request.filters(),
                request.timeIntervalSeconds(),
                request.startTimeMs(),
                request.endTimeMs(),
                request.maxResults() == null ? USUAL : request.maxResults());
        return new TraceMetricMessages.Points(metrics.query(query).stream()
                .map(point -> new TraceMetricMessages.Point(request.metricName(), point.dimensions(), point.values()))
                .toList());
    }
}
