package dev.slipway.training.trace;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.Span;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Adds up the tokens that the spans of a trace used; a span that tells of its own is taken to speak for those below it. */
@Singleton
final class TokenUsage {
    /** The metadata in which the sum of a trace stands, as JSON. */
    static final String METADATA = "mlflow.trace.tokenUsage";

    private static final String ATTRIBUTE = "mlflow.chat.tokenUsage";
    private static final String INPUT = "input_tokens";
    private static final String OUTPUT = "output_tokens";
    private static final String TOTAL = "total_tokens";
    private static final List<String> KEYS = List.of(
            INPUT,
            OUTPUT,
            TOTAL,
            "cache_read_input_tokens",
            "cache_creation_input_tokens",
            "cache_creation_input_tokens_above_1hr");

    private final AttributeValues values;

    TokenUsage(AttributeValues values) {
        this.values = values;
    }

    /** Whether any of the spans tells of some. */
    boolean told(Collection<Span> spans) {
        return spans.stream().anyMatch(span -> !of(span).isEmpty());
    }

    /** The sum as JSON, of spans each of which stands there once. */
    String sum(List<Span> spans) {
        Set<ByteString> known = spans.stream().map(Span::getSpanId).collect(Collectors.toSet());
        Map<ByteString, List<Span>> below = new HashMap<>();
        Deque<Span> open = new ArrayDeque<>();
        for (Span span : spans) {
            if (known.contains(span.getParentSpanId())) {
                below.computeIfAbsent(span.getParentSpanId(), parent -> new ArrayList<>())
                        .add(span);
            } else {
                open.push(span);
            }
        }
        Map<String, Long> sums = new LinkedHashMap<>();
        List.of(INPUT, OUTPUT, TOTAL).forEach(key -> sums.put(key, 0L));
        while (!open.isEmpty()) {
            Span span = open.pop();
            Map<String, Double> usage = of(span);
            usage.forEach((key, tokens) -> sums.merge(key, tokens.longValue(), Long::sum));
            if (usage.isEmpty()) {
                below.getOrDefault(span.getSpanId(), List.of()).forEach(open::push);
            }
        }
        return sums.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private Map<String, Double> of(Span span) {
        Map<String, AnyValue> attributes = AttributeValues.byKey(span.getAttributesList());
        Map<String, Double> usage = new LinkedHashMap<>();
        Map<String, Double> told = values.numbers(attributes.get(ATTRIBUTE));
        KEYS.stream().filter(told::containsKey).forEach(key -> usage.put(key, told.get(key)));
        if (usage.isEmpty()) {
            convention(attributes, usage);
        }
        return usage;
    }

    /** OpenTelemetry's own names for it. */
    private static void convention(Map<String, AnyValue> attributes, Map<String, Double> usage) {
        AnyValue input = attributes.get("gen_ai.usage.input_tokens");
        AnyValue output = attributes.get("gen_ai.usage.output_tokens");
        if (input != null && input.hasIntValue()) {
            usage.put(INPUT, (double) input.getIntValue());
        }
        if (output != null && output.hasIntValue()) {
            usage.put(OUTPUT, (double) output.getIntValue());
        }
        if (!usage.isEmpty()) {
            usage.put(
                    TOTAL,
                    usage.values().stream().mapToDouble(Double::doubleValue).sum());
        }
    }
}
