package dev.slipway.training.trace;

import io.micronaut.core.annotation.Nullable;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Says what spans tell of the trace that they belong to. */
@Singleton
final class SpanSummary {
    private static final String INPUTS = "mlflow.spanInputs";
    private static final String OUTPUTS = "mlflow.spanOutputs";
    private static final String TAG = "mlflow.traceTag.";
    private static final String SESSION = "mlflow.trace.session";
    private static final String USER = "mlflow.trace.user";
    private static final List<String> SESSION_ATTRIBUTES = List.of("session.id", "gen_ai.conversation.id");
    private static final List<String> USER_ATTRIBUTES = List.of("user.id");
    private static final int MAX_ID = 250;
    private static final long NANOS = 1_000_000;

    private final AttributeValues values;

    SpanSummary(AttributeValues values) {
        this.values = values;
    }

    /** The trace with what its new spans tell; what the application told of the whole stays. */
    Trace into(Trace trace, TraceSpans spans) {
        List<Span> all = spans.spans();
        TraceInfo info = trace.told() ? trace.info() : lasting(trace, all);
        Optional<Span> root =
                all.stream().filter(span -> span.getParentSpanId().isEmpty()).findFirst();
        Map<String, String> tags = new LinkedHashMap<>(resource(spans));
        if (root.isPresent()) {
            info = ofRoot(info, root.get());
            tags.putAll(tags(root.get()));
            if (!trace.tags().containsKey(Trace.NAME)) {
                tags.putIfAbsent(Trace.NAME, root.get().getName());
            }
        }
        return trace.withInfo(info, trace.told())
                .withTags(TraceTexts.joinedAsFits(trace.tags(), tags))
                .withMetadata(TraceTexts.joinedAsFits(trace.metadata(), metadata(trace, all)));
    }

    private static TraceInfo lasting(Trace trace, List<Span> spans) {
        long start = spans.stream().mapToLong(SpanSummary::start).min().orElseThrow();
        long end = spans.stream().mapToLong(SpanSummary::end).max().orElseThrow();
        boolean first = trace.spans().isEmpty();
        long from = first ? start : Math.min(trace.info().requestTime(), start);
        long to = first ? end : Math.max(trace.info().end(), end);
        return trace.info().during(from, to < from ? null : to - from);
    }

    static long start(Span span) {
        return Long.divideUnsigned(span.getStartTimeUnixNano(), NANOS);
    }

    private static long end(Span span) {
        return Long.divideUnsigned(span.getEndTimeUnixNano(), NANOS);
    }

    private TraceInfo ofRoot(TraceInfo info, Span root) {
        Map<String, AnyValue> attributes = AttributeValues.byKey(root.getAttributesList());
        TraceInfo previewed =
                info.orPreviews(values.json(attributes.get(INPUTS)), values.json(attributes.get(OUTPUTS)));
        boolean failed = root.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR;
        return info.state().open() ? previewed.withState(failed ? TraceState.ERROR : TraceState.OK) : previewed;
    }

    /** What the resource says of itself, but for what is about the SDK or could pass for bookkeeping. */
    private Map<String, String> resource(TraceSpans spans) {
        Map<String, String> tags = new LinkedHashMap<>();
        AttributeValues.byKey(spans.resource()).forEach((key, value) -> {
            String text = values.text(value);
            if (text != null && !key.startsWith("telemetry.sdk.") && !key.startsWith("mlflow.")) {
                tags.put(key, text);
            }
        });
        return tags;
    }

    private Map<String, String> tags(Span root) {
        Map<String, String> tags = new LinkedHashMap<>();
        AttributeValues.byKey(root.getAttributesList()).forEach((key, value) -> {
            String text = values.text(value);
            if (text != null && key.startsWith(TAG) && !TraceTags.reserved(key.substring(TAG.length()))) {
                tags.put(key.substring(TAG.length()), text);
            }
        });
        return tags;
    }

    private Map<String, String> metadata(Trace trace, List<Span> spans) {
        Map<String, String> metadata = new LinkedHashMap<>();
        put(trace, metadata, SESSION, first(spans, SESSION_ATTRIBUTES));
        put(trace, metadata, USER, first(spans, USER_ATTRIBUTES));
        return metadata;
    }

    private static void put(Trace trace, Map<String, String> metadata, String key, @Nullable String value) {
        if (value != null && !value.isEmpty() && !trace.metadata().containsKey(key)) {
            metadata.put(key, TraceTexts.cut(value, MAX_ID));
        }
    }

    @Nullable
    private String first(List<Span> spans, List<String> keys) {
        return spans.stream()
                .flatMap(span -> {
                    Map<String, AnyValue> attributes = AttributeValues.byKey(span.getAttributesList());
                    return keys.stream().flatMap(key -> Stream.ofNullable(values.text(attributes.get(key))));
                })
                .findFirst()
                .orElse(null);
    }
}
