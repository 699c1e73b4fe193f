package dev.slipway.training.trace;

import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an application did to answer one request.
 *
 * @param told whether the application told of the trace as a whole, whose times and usage then stand
 * @param runs that it belongs to
 * @param model that was used; null for none that is known
 * @param spans in the order of their arrival, as a span replaces the one that came before it
 * @param deleted when, in UTC milliseconds; of a deleted trace nothing else is left
 */
@Serdeable
public record Trace(
        ExperimentId experiment,
        TraceInfo info,
        boolean told,
        Map<String, String> metadata,
        Map<String, String> tags,
        List<RunId> runs,
        @Nullable LoggedModelId model,
        List<SpanBatch> spans,
        List<Assessment> assessments,
        @Nullable Long deleted) {
    /** The tag that is the name of a trace. */
    public static final String NAME = "mlflow.traceName";

    public Trace {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        runs = List.copyOf(runs);
        spans = List.copyOf(spans);
        assessments = List.copyOf(assessments);
    }

    static Trace of(ExperimentId experiment, TraceInfo info) {
        return new Trace(experiment, info, false, Map.of(), Map.of(), List.of(), null, List.of(), List.of(), null);
    }

    Trace withInfo(TraceInfo known, boolean nowTold) {
        return new Trace(experiment, known, nowTold, metadata, tags, runs, model, spans, assessments, deleted);
    }

    Trace withMetadata(Map<String, String> all) {
        return new Trace(experiment, info, told, all, tags, runs, model, spans, assessments, deleted);
    }

    Trace withTags(Map<String, String> all) {
        return new Trace(experiment, info, told, metadata, all, runs, model, spans, assessments, deleted);
    }

    Trace withRun(RunId run) {
        if (runs.contains(run)) {
            return this;
        }
        List<RunId> more = new ArrayList<>(runs);
        more.add(run);
        return new Trace(experiment, info, told, metadata, tags, more, model, spans, assessments, deleted);
    }

    Trace withModel(LoggedModelId used) {
        return new Trace(experiment, info, told, metadata, tags, runs, used, spans, assessments, deleted);
    }

    Trace withSpans(List<SpanBatch> all) {
        return new Trace(experiment, info, told, metadata, tags, runs, model, all, assessments, deleted);
    }

    Trace withAssessments(List<Assessment> all) {
        return new Trace(experiment, info, told, metadata, tags, runs, model, spans, all, deleted);
    }

    /** What is left once it is deleted. */
    Trace erased(long time) {
        TraceInfo nothing = new TraceInfo(TraceState.STATE_UNSPECIFIED, info.requestTime(), null, null, null, null);
        return new Trace(experiment, nothing, false, Map.of(), Map.of(), List.of(), null, List.of(), List.of(), time);
    }
}
