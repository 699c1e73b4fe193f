package dev.slipway.training.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.training.experiment.ExperimentIds;
import dev.slipway.training.trace.SpanLogging;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;

/** Takes spans from OpenTelemetry's exporters, and from MLflow's clients, which send theirs the same way. */
@Controller("/v1/traces")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.ENGINEER)
class OtlpController {
    static final String PROTOBUF = "application/x-protobuf";

    private final SpanLogging logging;
    private final ExperimentIds experiments;

    OtlpController(SpanLogging logging, ExperimentIds experiments) {
        this.logging = logging;
        this.experiments = experiments;
    }

    @Post
    @Consumes(PROTOBUF)
    HttpResponse<byte[]> protobuf(
            @Nullable @Header("x-mlflow-experiment-id") String experiment,
            @Nullable @Header("x-mlflow-run-id") String run,
            @Body byte[] body) {
        log(experiment, run, OtlpRequests.protobuf(body));
        return HttpResponse.ok(ExportTraceServiceResponse.getDefaultInstance().toByteArray())
                .contentType(MediaType.of(PROTOBUF));
    }

    @Post
    @Consumes(MediaType.APPLICATION_JSON)
    HttpResponse<Empty> json(
            @Nullable @Header("x-mlflow-experiment-id") String experiment,
            @Nullable @Header("x-mlflow-run-id") String run,
            @Body byte[] body) {
        log(experiment, run, OtlpRequests.json(body));
        return HttpResponse.ok(Empty.ANSWER);
    }

    private void log(@Nullable String experiment, @Nullable String run, ExportTraceServiceRequest request) {
        ExperimentId id =
                experiment == null || experiment.isEmpty() ? experiments.defaultId() : experiments.parse(experiment);
        RunId runId = run == null || run.isEmpty() ? null : RunIds.of(run);
        try {
            logging.log(id, runId, request.getResourceSpansList());
        } catch (SlipwayException e) {
            if (e.kind() == ErrorKind.CONFLICT) {
                // Exporters try again after this answer, and not after that of a conflict.
                throw SlipwayException.unavailable("trace.busy", "Too many log to these traces now; try again.", e);
            }
            throw e;
        }
    }
}
