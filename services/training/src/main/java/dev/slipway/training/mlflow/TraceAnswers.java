package dev.slipway.training.mlflow;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.slipway.api.training.Experiment;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.TraceId;
import dev.slipway.training.experiment.ExperimentIds;
import dev.slipway.training.experiment.Experiments;
import dev.slipway.training.trace.Trace;
import dev.slipway.training.trace.TraceIds;
import dev.slipway.training.trace.Traces;
import io.micronaut.serde.ObjectMapper;
import io.opentelemetry.proto.trace.v1.Span;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts together what MLflow's clients are told about traces. */
@Singleton
final class TraceAnswers {
    private static final String ARTIFACT_LOCATION = "mlflow.artifactLocation";
    private static final JsonFormat.Printer SPANS =
            JsonFormat.printer().preservingProtoFieldNames().omittingInsignificantWhitespace();

    private final Experiments experiments;
    private final ExperimentIds ids;
    private final ArtifactLocations locations;
    private final AssessmentForms assessments;
    private final Traces traces;
    private final ObjectMapper json;

    TraceAnswers(
            Experiments experiments,
            ExperimentIds ids,
            ArtifactLocations locations,
            AssessmentForms assessments,
            Traces traces,
            ObjectMapper json) {
        this.experiments = experiments;
        this.ids = ids;
        this.locations = locations;
        this.assessments = assessments;
        this.traces = traces;
        this.json = json;
    }

    TraceMessages.Found found(Entity<TraceId, Trace> trace) {
        return new TraceMessages.Found(
                new TraceMessages.Whole(infos(List.of(trace)).get(0)));
    }

    /** Of at most 1000 traces. */
    List<TraceMessages.Info> infos(List<Entity<TraceId, Trace>> found) {
        Map<ExperimentId, Entity<ExperimentId, Experiment>> known = new HashMap<>();
        experiments
                .getAll(found.stream()
                        .map(trace -> trace.body().experiment())
                        .distinct()
                        .toList())
                .forEach(experiment -> known.put(experiment.id(), experiment));
        return found.stream()
                .map(trace -> info(trace, known.get(trace.body().experiment())))
                .toList();
    }

    private TraceMessages.Info info(Entity<TraceId, Trace> trace, Entity<ExperimentId, Experiment> experiment) {
        Trace body = trace.body();
        Map<String, String> tags = new TreeMap<>(body.tags());
        tags.put(ARTIFACT_LOCATION, locations.of(experiment, trace.id()));
        return new TraceMessages.Info(
                TraceIds.shown(trace.id()),
                body.info().clientRequestId(),
                TraceMessages.Location.of(ids.shown(body.experiment())),
                body.info().requestPreview(),
                body.info().responsePreview(),
                ProtobufTimes.time(body.info().requestTime()),
                body.info().duration() == null
                        ? null
                        : ProtobufTimes.seconds(body.info().duration()),
                body.info().state().name(),
                body.metadata(),
                body.assessments().stream()
                        .map(assessment -> assessments.message(trace.id(), assessment))
                        .toList(),
                tags);
    }

    /** JSON of a trace with its spans. */
    String whole(Entity<TraceId, Trace> trace, List<Span> spans) {
        try {
            return "{\"trace_info\":"
                    + json.writeValueAsString(infos(List.of(trace)).get(0)) + ",\"spans\":["
                    + spans.stream().map(TraceAnswers::print).collect(Collectors.joining(",")) + "]}";
        } catch (IOException e) {
            throw SlipwayException.internal("trace.json", "A trace has no JSON form.", e);
        }
    }

    /** JSON of a trace with all spans that are there. */
    String whole(Entity<TraceId, Trace> trace) {
        return whole(trace, traces.spans(trace.body()));
    }

    private static String print(Span span) {
        try {
            return SPANS.print(span);
        } catch (InvalidProtocolBufferException e) {
            throw SlipwayException.internal("trace.json", "A span has no JSON form.", e);
        }
    }
}
