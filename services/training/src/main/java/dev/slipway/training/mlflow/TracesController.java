package dev.slipway.training.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.api.Required;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.TraceId;
import dev.slipway.mlflow.Absent;
import dev.slipway.training.experiment.ExperimentIds;
import dev.slipway.training.trace.SpanCount;
import dev.slipway.training.trace.Trace;
import dev.slipway.training.trace.TraceIds;
import dev.slipway.training.trace.TraceInfo;
import dev.slipway.training.trace.TraceSearch;
import dev.slipway.training.trace.TraceState;
import dev.slipway.training.trace.Traces;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** MLflow's traces. */
@Controller("/api/3.0/mlflow/traces")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.VIEWER)
class TracesController {
    private static final int DEFAULT_RESULTS = 100;
    /** So many traces are sent together with their spans. */
    private static final int MAX_WHOLE = 100;

    private final Traces traces;
    private final TraceSearch search;
    private final TraceAnswers answers;
    private final AssessmentForms assessments;
    private final ExperimentIds experiments;
    private final SpanCount count;
    private final InstantSource clock;

    TracesController(
            Traces traces,
            TraceSearch search,
            TraceAnswers answers,
            AssessmentForms assessments,
            ExperimentIds experiments,
            SpanCount count,
            InstantSource clock) {
        this.traces = traces;
        this.search = search;
        this.answers = answers;
        this.assessments = assessments;
        this.experiments = experiments;
        this.count = count;
        this.clock = clock;
    }

    @Post
    @Allowed(Role.ENGINEER)
    TraceMessages.Found tell(@Body TraceMessages.Found request) {
        TraceMessages.Info info = request.trace().traceInfo();
        String experiment =
                info.traceLocation() == null ? null : info.traceLocation().experiment();
        TraceId id = TraceIds.find(info.traceId())
                .orElseThrow(() -> SlipwayException.invalid(
                        "trace.id",
                        "The id of a trace is 'tr-' and 32 lower-case hexadecimal digits, not '" + info.traceId()
                                + "'."));
        long now = clock.millis();
        return answers.found(traces.tell(new Traces.Told(
                id,
                experiment == null ? experiments.defaultId() : experiments.parse(experiment),
                told(info, now),
                map(info.traceMetadata()),
                map(info.tags()),
                info.assessments() == null
                        ? List.of()
                        : info.assessments().stream()
                                .map(message -> assessments.assessment(message, now))
                                .toList())));
    }

    private static TraceInfo told(TraceMessages.Info info, long now) {
        Long began = ProtobufTimes.millis(info.requestTime());
        return new TraceInfo(
                state(info.state()),
                began == null ? now : began,
                ProtobufTimes.duration(info.executionDuration()),
                info.clientRequestId(),
                info.requestPreview(),
                info.responsePreview());
    }

    private static TraceState state(@Nullable String text) {
        if (text == null) {
            return TraceState.STATE_UNSPECIFIED;
        }
        return Arrays.stream(TraceState.values())
                .filter(state -> state.name().equals(text))
                .findFirst()
                .orElseThrow(() -> SlipwayException.invalid(
                        "trace.state",
                        "'" + text + "' is no state of a trace; these are: "
                                + Arrays.stream(TraceState.values())
                                        .map(TraceState::name)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    private static Map<String, String> map(@Nullable Map<String, String> given) {
        return given == null ? Map.of() : given;
    }

    @Get("/{traceId}")
    TraceMessages.Found info(@PathVariable String traceId) {
        return answers.found(traces.get(TraceIds.parse(traceId)));
    }

    @Get("/get")
    @Produces(MediaType.APPLICATION_JSON)
    String get(
            @Nullable @QueryValue("trace_id") String traceId,
            @Nullable @QueryValue("allow_partial") String allowPartial) {
        Required.part("trace_id", traceId);
        Entity<TraceId, Trace> trace = traces.get(TraceIds.parse(traceId));
        List<Span> spans = traces.spans(trace.body());
        if (!"true".equalsIgnoreCase(allowPartial) && !count.complete(trace.body(), spans.size())) {
            throw SlipwayException.notFound(
                    "trace.incomplete",
                    "Trace with ID " + traceId + " is not fully exported yet, please try again later.");
        }
        return "{\"trace\":" + answers.whole(trace, spans) + "}";
    }

    @Get("/batchGet")
    @Produces(MediaType.APPLICATION_JSON)
    String batch(
            @Nullable @QueryValue("trace_ids") List<String> traceIds,
            @Nullable @QueryValue("experiment_ids") List<String> experimentIds) {
        Required.part("trace_ids", traceIds);
        checkSize(traceIds, MAX_WHOLE);
        return named(traceIds, experimentIds).stream()
                .filter(trace -> !trace.body().spans().isEmpty())
                .map(answers::whole)
                .collect(Collectors.joining(",", "{\"traces\":[", "]}"));
    }

    @Post("/batchGetInfos")
    TraceMessages.Infos batchInfos(@Body TraceMessages.Ids request) {
        checkSize(request.traceIds(), Page.MAX_LIMIT);
        return new TraceMessages.Infos(answers.infos(named(request.traceIds(), request.experimentIds())));
    }

    private static void checkSize(List<String> ids, int most) {
        if (ids.size() > most) {
            throw SlipwayException.invalid(
                    "trace.ids", "One call asks for at most " + most + " traces, not " + ids.size() + ".");
        }
    }

    /** @param experimentIds null for any */
    private List<Entity<TraceId, Trace>> named(List<String> shown, @Nullable List<String> experimentIds) {
        Optional<Set<ExperimentId>> theirs = Optional.ofNullable(experimentIds).map(given -> given.stream()
                .flatMap(id -> experiments.find(id).stream())
                .collect(Collectors.toSet()));
        List<TraceId> ids =
                shown.stream().flatMap(id -> TraceIds.find(id).stream()).toList();
        return traces.getAll(ids).stream()
                .filter(trace ->
                        theirs.isEmpty() || theirs.get().contains(trace.body().experiment()))
                .toList();
    }

    @Post("/search")
    TraceMessages.Page search(@Body TraceMessages.Search request) {
        List<ExperimentId> places = request.locations().stream()
                .flatMap(location -> Optional.ofNullable(location.experiment()).stream())
                .flatMap(id -> experiments.find(id).stream())
                .toList();
        Page<Entity<TraceId, Trace>> found = search.find(
                places,
                request.filter(),
                request.orderBy() == null ? List.of() : request.orderBy(),
                request.maxResults() == null ? DEFAULT_RESULTS : request.maxResults(),
                Absent.ifEmpty(request.pageToken()));
        return new TraceMessages.Page(answers.infos(found.items()), found.next().orElse(null));
    }
}
