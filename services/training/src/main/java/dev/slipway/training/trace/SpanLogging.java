package dev.slipway.training.trace;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.kernel.id.TraceId;
import dev.slipway.training.experiment.Experiments;
import dev.slipway.training.run.Runs;
import io.micronaut.core.annotation.Nullable;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Logs spans, and makes their traces when nobody told of these yet. */
@Singleton
public final class SpanLogging {
    private final TraceWriter writer;
    private final SpanStore store;
    private final SpanSummary summary;
    private final TokenUsage usage;
    private final Experiments experiments;
    private final Runs runs;

    SpanLogging(
            TraceWriter writer,
            SpanStore store,
            SpanSummary summary,
            TokenUsage usage,
            Experiments experiments,
            Runs runs) {
        this.writer = writer;
        this.store = store;
        this.summary = summary;
        this.usage = usage;
        this.experiments = experiments;
        this.runs = runs;
    }

    /**
     * Logs all of the spans or none; one that was logged before is replaced.
     *
     * @param experiment of traces that are not there yet
     * @param run that the traces belong to; null for none
     * @throws SlipwayException {@code experiment.unknown}; {@code experiment.deleted}; {@code run.unknown}; {@code
     *     trace.span-id}; {@code trace.batch}; {@code trace.too-large}
     */
    public void log(ExperimentId experiment, @Nullable RunId run, List<ResourceSpans> received) {
        experiments.active(experiment);
        if (run != null) {
            runs.get(run);
        }
        Map<TraceId, TraceSpans> spans = new HashMap<>();
        Map<TraceId, SpanBatch> stored = new HashMap<>();
        TraceSpans.of(received).forEach(each -> {
            spans.put(each.id(), each);
            stored.put(each.id(), store.put(each.data()));
        });
        writer.write(List.copyOf(spans.keySet()), (id, trace) -> {
            Trace logged = added(trace, experiment, spans.get(id), stored.get(id));
            return run == null ? logged : logged.withRun(run);
        });
    }

    private Trace added(@Nullable Trace known, ExperimentId experiment, TraceSpans spans, SpanBatch batch) {
        Trace trace = known == null
                ? Trace.of(experiment, new TraceInfo(TraceState.IN_PROGRESS, 0, null, null, null, null))
                : known;
        boolean there = trace.spans().contains(batch);
        List<SpanBatch> batches = there ? trace.spans() : store.with(trace.spans(), batch);
        Trace told = summary.into(trace, spans);
        Trace logged = told.withTags(TraceTexts.joined(told.tags(), Map.of(TraceTags.SPANS_LOCATION, "TRACKING_STORE")))
                .withSpans(batches);
        boolean counted = trace.told() && trace.metadata().containsKey(TokenUsage.METADATA);
        return counted || !usage.told(spans.spans()) ? logged : withUsage(logged);
    }

    /** The tree of spans as a whole decides who speaks for whom, so it is read again. */
    private Trace withUsage(Trace trace) {
        List<Span> all = store.read(trace.spans());
        return trace.withMetadata(
                TraceTexts.joinedAsFits(trace.metadata(), Map.of(TokenUsage.METADATA, usage.sum(all))));
    }
}
