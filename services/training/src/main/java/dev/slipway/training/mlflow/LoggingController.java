package dev.slipway.training.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.api.training.LogBatch;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.RunId;
import dev.slipway.mlflow.KeyValueMessage;
import dev.slipway.training.commit.LogLimits;
import dev.slipway.training.metric.RunMetrics;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** What MLflow's clients log to runs. */
@Controller("/api/2.0/mlflow/runs")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.ENGINEER)
class LoggingController {
    private final RunMetrics metrics;
    private final LoggedMetricsOfModels models;

    LoggingController(RunMetrics metrics, LoggedMetricsOfModels models) {
        this.metrics = metrics;
        this.models = models;
    }

    @Post("/log-metric")
    Empty logMetric(@Body RunRequests.LogMetric request) {
        return log(request.run(), List.of(request.metric()), null, null);
    }

    @Post("/log-parameter")
    Empty logParameter(@Body RunRequests.LogText request) {
        return log(request.run(), null, List.of(request.text()), null);
    }

    @Post("/set-tag")
    Empty setTag(@Body RunRequests.LogText request) {
        return log(request.run(), null, null, List.of(request.text()));
    }

    @Post("/log-batch")
    Empty logBatch(@Body RunRequests.LogBatch request) {
        return log(request.run(), request.metrics(), request.params(), request.tags());
    }

    private Empty log(
            RunId run,
            @Nullable List<MetricMessage> logged,
            @Nullable List<KeyValueMessage> params,
            @Nullable List<KeyValueMessage> tags) {
        List<MetricMessage> all = logged == null ? List.of() : logged;
        List<MetricMessage> ofModels =
                all.stream().filter(MetricMessage::ofModel).toList();
        if (!ofModels.isEmpty()) {
            models.log(run, ofModels);
        }
        metrics.log(
                run,
                new LogBatch(
                        all.stream().map(MetricMessage::metric).toList(),
                        KeyValueMessage.cut(params, LogLimits.PARAM_VALUE),
                        KeyValueMessage.cut(tags, LogLimits.TAG_VALUE)));
        return Empty.ANSWER;
    }
}
