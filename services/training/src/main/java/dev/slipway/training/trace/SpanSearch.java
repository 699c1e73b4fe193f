package dev.slipway.training.trace;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.TraceId;
import dev.slipway.mlflow.search.SpanClause;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds traces by their spans, which stand in no index: those of all traces that satisfy the rest of a search are read. For
 * one page these are {@value #MAX_TRACES} traces at most, and {@value #MAX_BYTES} bytes more or less; what is found up to
 * there is the page then, be it nothing.
 */
@Singleton
final class SpanSearch {
    private static final int MAX_TRACES = 20_000;
    private static final long MAX_BYTES = 256L * 1024 * 1024;
    private static final int PART = 100;

    private final TracePages pages;
    private final Traces traces;
    private final SpanTexts texts;

    SpanSearch(TracePages pages, Traces traces, SpanTexts texts) {
        this.pages = pages;
        this.traces = traces;
        this.texts = texts;
    }

    Page<Entity<TraceId, Trace>> find(
            TracePages.Scan scan, List<SpanClause> clauses, int limit, Optional<String> cursor) {
        List<Entity<TraceId, Trace>> found = new ArrayList<>();
        Optional<String> at = cursor;
        long bytes = 0;
        for (int looked = 0; looked < MAX_TRACES && bytes < MAX_BYTES; looked += PART) {
            Page<TraceId> part = pages.read(scan, PART, at);
            for (Entity<TraceId, Trace> trace : traces.getAll(part.items())) {
                bytes +=
                        trace.body().spans().stream().mapToLong(SpanBatch::size).sum();
                if (texts.match(traces.spans(trace.body()), clauses)) {
                    found.add(trace);
                    if (found.size() == limit) {
                        return new Page<>(found, after(trace.id(), part, scan, at));
                    }
                }
            }
            if (part.next().isEmpty()) {
                return Page.last(found);
            }
            at = part.next();
        }
        return new Page<>(found, at);
    }

    /** As a cursor stands at the end of a page only, one that ends with the trace is read. */
    private Optional<String> after(TraceId trace, Page<TraceId> part, TracePages.Scan scan, Optional<String> at) {
        int taken = part.items().indexOf(trace) + 1;
        return taken == part.items().size()
                ? part.next()
                : pages.read(scan, taken, at).next();
    }
}
