package dev.slipway.training.trace;

import com.google.protobuf.ByteString;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.TraceId;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spans of one trace that were received together, with the resources and scopes that they came from.
 *
 * @param spans of all of its resources
 * @param resource the attributes of the first resource that has any
 */
record TraceSpans(TraceId id, TracesData data, List<Span> spans, List<KeyValue> resource) {
    /** So many traces one request may have spans of. */
    static final int MAX_TRACES = 1000;

    private static final int TRACE_ID = 16;
    private static final int SPAN_ID = 8;

    TraceSpans {
        spans = List.copyOf(spans);
        resource = List.copyOf(resource);
    }

    /**
     * The spans of each trace.
     *
     * @throws SlipwayException {@code trace.span-id} for ids that OpenTelemetry does not know; {@code trace.batch} for spans of
     *     too many traces
     */
    static List<TraceSpans> of(List<ResourceSpans> received) {
        Map<ByteString, TracesData.Builder> byTrace = new LinkedHashMap<>();
        for (ResourceSpans resource : received) {
            Map<ByteString, ResourceSpans.Builder> resources = new LinkedHashMap<>();
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                Map<ByteString, ScopeSpans.Builder> scopes = new LinkedHashMap<>();
                for (Span span : scope.getSpansList()) {
                    check(span);
                    scopes.computeIfAbsent(
                                    span.getTraceId(), id -> scope.toBuilder().clearSpans())
                            .addSpans(span);
                }
                scopes.forEach((id, kept) -> resources
                        .computeIfAbsent(id, each -> resource.toBuilder().clearScopeSpans())
                        .addScopeSpans(kept));
            }
            resources.forEach((id, kept) ->
                    byTrace.computeIfAbsent(id, each -> TracesData.newBuilder()).addResourceSpans(kept));
            if (byTrace.size() > MAX_TRACES) {
                throw SlipwayException.tooLarge(
                        "trace.batch",
                        "One request has spans of at most " + MAX_TRACES + " traces; send smaller batches.");
            }
        }
        return byTrace.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue().build()))
                .toList();
    }

    private static TraceSpans of(ByteString id, TracesData data) {
        List<Span> spans = new ArrayList<>();
        data.getResourceSpansList()
                .forEach(resource -> resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList())));
        List<KeyValue> attributes = data.getResourceSpansList().stream()
                .map(resource -> resource.getResource().getAttributesList())
                .filter(list -> !list.isEmpty())
                .findFirst()
                .orElse(List.of());
        return new TraceSpans(new TraceId(HexFormat.of().formatHex(id.toByteArray())), data, spans, attributes);
    }

    private static void check(Span span) {
        boolean parent =
                span.getParentSpanId().isEmpty() || span.getParentSpanId().size() == SPAN_ID;
        if (!isId(span.getTraceId(), TRACE_ID) || !isId(span.getSpanId(), SPAN_ID) || !parent) {
            throw SlipwayException.invalid(
                    "trace.span-id",
                    "The span '" + TraceTexts.cut(span.getName(), 100) + "' needs a trace id of " + TRACE_ID
                            + " bytes, and a span id of " + SPAN_ID + ", that are not all zero.");
        }
    }

    private static boolean isId(ByteString id, int length) {
        for (byte each : id) {
            if (each != 0) {
                return id.size() == length;
            }
        }
        return false;
    }
}
