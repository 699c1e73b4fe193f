package dev.slipway.training.tracemetric;

import dev.slipway.training.PythonJson;
import dev.slipway.training.trace.Assessment;
import dev.slipway.training.trace.SpanTexts;
import dev.slipway.training.trace.Trace;
import dev.slipway.training.trace.Traces;
import io.micronaut.core.annotation.Nullable;
import io.opentelemetry.proto.trace.v1.Span;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Takes the values of a metric from a trace. */
@Singleton
final class Samples {
    private static final String USAGE = "mlflow.trace.tokenUsage";
    private static final String SESSION = "mlflow.trace.session";
    private static final String COST = "mlflow.llm.cost";
    private static final long NANOS = 1_000_000;

    private final Traces traces;
    private final SpanTexts texts;

    Samples(Traces traces, SpanTexts texts) {
        this.traces = traces;
        this.texts = texts;
    }

    Stream<Sample> of(Metric metric, List<MetricFilter> filters, Trace trace) {
        if (!filters.stream().allMatch(filter -> filter.holds(trace))) {
            return Stream.empty();
        }
        return switch (metric.view()) {
            case TRACES -> ofTrace(metric, trace);
            case SPANS ->
                traces.spans(trace).stream()
                        .filter(span -> filters.stream().allMatch(filter -> filter.holds(span, texts)))
                        .flatMap(span -> ofSpan(metric, span));
            case ASSESSMENTS ->
                trace.assessments().stream()
                        .filter(Assessment::valid)
                        .filter(assessment -> filters.stream().allMatch(filter -> filter.holds(assessment)))
                        .flatMap(assessment -> ofAssessment(metric, trace, assessment));
        };
    }

    private static Stream<Sample> ofTrace(Metric metric, Trace trace) {
        Map<String, String> dimensions = new HashMap<>();
        put(dimensions, "trace_name", trace.tags().get(Trace.NAME));
        put(dimensions, "trace_status", trace.info().state().name());
        long time = trace.info().requestTime();
        return switch (metric.name()) {
            case Metric.TRACE_COUNT -> Stream.of(new Sample(time, 1, null, dimensions));
            case Metric.SESSION_COUNT ->
                Stream.ofNullable(trace.metadata().get(SESSION)).map(id -> new Sample(time, 1, id, dimensions));
            case Metric.LATENCY -> sample(time, toDouble(trace.info().duration()), dimensions);
            default -> sample(time, number(trace.metadata().get(USAGE), metric.name()), dimensions);
        };
    }

    @Nullable
    private static Double toDouble(@Nullable Long whole) {
        return whole == null ? null : (double) whole;
    }

    private Stream<Sample> ofSpan(Metric metric, Span span) {
        Map<String, String> dimensions = new HashMap<>();
        put(dimensions, "span_name", span.getName());
        put(dimensions, "span_type", texts.type(span));
        put(dimensions, "span_status", SpanTexts.status(span));
        put(dimensions, "span_model_name", texts.attribute(span, "mlflow.llm.model"));
        put(dimensions, "span_model_provider", texts.attribute(span, "mlflow.llm.provider"));
        long time = Long.divideUnsigned(span.getStartTimeUnixNano(), NANOS);
        return switch (metric.name()) {
            case Metric.SPAN_COUNT -> Stream.of(new Sample(time, 1, null, dimensions));
            case Metric.LATENCY -> sample(time, toDouble(latency(span)), dimensions);
            default -> sample(time, number(texts.attribute(span, COST), metric.name()), dimensions);
        };
    }

    /** Null while a span goes on. */
    @Nullable
    private static Long latency(Span span) {
        long end = span.getEndTimeUnixNano();
        return end == 0 ? null : (end - span.getStartTimeUnixNano()) / NANOS;
    }

    private static Stream<Sample> ofAssessment(Metric metric, Trace trace, Assessment assessment) {
        Map<String, String> dimensions = new HashMap<>();
        put(dimensions, "assessment_name", assessment.name());
        put(dimensions, "assessment_value", assessment.value());
        long time = trace.info().requestTime();
        return metric.name().equals(Metric.ASSESSMENT_COUNT)
                ? Stream.of(new Sample(time, 1, null, dimensions))
                : sample(time, number(PythonJson.readOr(null, assessment.value())), dimensions);
    }

    /** What is true, or yes, is one; what is false, or no, is none. */
    @Nullable
    private static Double number(@Nullable Object value) {
        if (value instanceof Number number) {
            return Double.isFinite(number.doubleValue()) ? number.doubleValue() : null;
        }
        if (value instanceof Boolean yes) {
            return yes ? 1.0 : 0.0;
        }
        String word = value instanceof String text ? text.strip().toLowerCase(Locale.ROOT) : "";
        return switch (word) {
            case "yes" -> 1.0;
            case "no" -> 0.0;
            default -> null;
        };
    }

    /** The number of a field of an object that stands in a text. */
    @Nullable
    private static Double number(@Nullable String json, String field) {
        return json != null && PythonJson.readOr(null, json) instanceof Map<?, ?> object
                ? number(object.get(field))
                : null;
    }

    private static Stream<Sample> sample(long time, @Nullable Double value, Map<String, String> dimensions) {
        return value == null ? Stream.empty() : Stream.of(new Sample(time, value, null, dimensions));
    }

    private static void put(Map<String, String> dimensions, String name, @Nullable String value) {
        if (value != null) {
            dimensions.put(name, value);
        }
    }
}
