package dev.slipway.training.trace;

import dev.slipway.mlflow.search.SpanClause;
import dev.slipway.mlflow.search.TextCriteria;
import dev.slipway.training.PythonJson;
import io.micronaut.core.annotation.Nullable;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The texts of spans, as people search them. MLflow's clients write the values of attributes as JSON; that is undone. */
@Singleton
public final class SpanTexts {
    static final String TYPE = "mlflow.spanType";

    private static final String NO_TYPE = "UNKNOWN";

    private final AttributeValues values;

    SpanTexts(AttributeValues values) {
        this.values = values;
    }

    /** Whether all clauses hold for one of the spans. */
    boolean match(List<Span> spans, List<SpanClause> clauses) {
        return spans.stream().anyMatch(span -> clauses.stream().allMatch(clause -> holds(clause, span)));
    }

    private boolean holds(SpanClause clause, Span span) {
        String text =
                switch (clause.key()) {
                    case "name" -> span.getName();
                    case "type" -> type(span);
                    case "status" -> status(span);
                    case SpanClause.CONTENT -> content(span);
                    default -> attribute(span, clause.key().substring(SpanClause.ATTRIBUTES.length()));
                };
        return text != null && TextCriteria.holds(clause.criterion(), text);
    }

    /** The type that its client gave it. */
    public String type(Span span) {
        String type = attribute(span, TYPE);
        return type == null ? NO_TYPE : type;
    }

    /** {@code OK}, {@code ERROR} or {@code UNSET}. */
    public static String status(Span span) {
        Status.StatusCode code = span.getStatus().getCode();
        return switch (code) {
            case STATUS_CODE_OK -> "OK";
            case STATUS_CODE_ERROR -> "ERROR";
            case STATUS_CODE_UNSET, UNRECOGNIZED -> "UNSET";
        };
    }

    /** Null for an attribute that is not there. */
    @Nullable
    public String attribute(Span span, String key) {
        return text(AttributeValues.find(span.getAttributesList(), key));
    }

    @Nullable
    private String text(@Nullable AnyValue value) {
        String text = values.text(value);
        return text != null && text.startsWith("\"") && PythonJson.readOr(null, text) instanceof String inner
                ? inner
                : text;
    }

    /** Its name, and its attributes and events, a line for each. */
    private String content(Span span) {
        Stream<String> events = span.getEventsList().stream()
                .flatMap(event -> Stream.concat(Stream.of(event.getName()), lines(event.getAttributesList())));
        return Stream.concat(Stream.concat(Stream.of(span.getName()), lines(span.getAttributesList())), events)
                .collect(Collectors.joining("\n"));
    }

    private Stream<String> lines(List<KeyValue> attributes) {
        Map<String, AnyValue> byKey = AttributeValues.byKey(attributes);
        return byKey.entrySet().stream().map(entry -> entry.getKey() + ": " + text(entry.getValue()));
    }
}
