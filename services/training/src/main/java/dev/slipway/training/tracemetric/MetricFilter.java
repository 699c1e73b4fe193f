package dev.slipway.training.tracemetric;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.training.trace.Assessment;
import dev.slipway.training.trace.SpanTexts;
import dev.slipway.training.trace.Trace;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Leaves traces, spans or assessments out: {@code trace.status = 'OK'}, {@code trace.tag.team = 'search'}, {@code span.name =
 * 'ask'}.
 *
 * @param of {@code trace}, {@code span} or {@code assessment}
 * @param key of a tag or of metadata; empty for another field
 */
record MetricFilter(String of, String field, String key, String value) {
    private static final String RUN = "mlflow.sourceRun";
    private static final Pattern FORM = Pattern.compile(
            "\\s*(?:(trace)[.](?:(status)|(tag|metadata)[.](`[^`]+`|\"[^\"]+\"|[^\\s=`\"]+))|(span)[.](name|status|type)"
                    + "|(assessment)[.](name|type))\\s*=\\s*(?:'([^']*)'|\"([^\"]*)\")\\s*");

    /**
     * Reads one.
     *
     * @throws SlipwayException {@code trace-metric.filter} for what is none, or can't be used with the view
     */
    static MetricFilter of(Metric.View view, String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw SlipwayException.invalid(
                    "trace-metric.filter",
                    "'" + (text.length() > 200 ? text.substring(0, 200) + "…" : text)
                            + "' is no filter of metrics; write "
                            + "trace.status = '…', trace.tag.KEY = '…', trace.metadata.KEY = '…', span.name, span.status, "
                            + "span.type, assessment.name or assessment.type.");
        }
        String of = first(parts, 1, 5, 7);
        if (!of.equals("trace") && !view.name().equals(of.toUpperCase(Locale.ROOT) + "S")) {
            throw SlipwayException.invalid(
                    "trace-metric.filter", "Metrics of " + view + " can't be filtered by '" + of + "'.");
        }
        String key = parts.group(4) == null ? "" : parts.group(4).replaceAll("^[`\"]|[`\"]$", "");
        return new MetricFilter(of, first(parts, 2, 3, 6, 8), key, first(parts, 9, 10));
    }

    private static String first(Matcher parts, int... groups) {
        for (int group : groups) {
            if (parts.group(group) != null) {
                return parts.group(group);
            }
        }
        return "";
    }

    /** True where it is about something else. */
    boolean holds(Trace trace) {
        return !of.equals("trace")
                || switch (field) {
                    case "status" -> trace.info().state().name().equals(value);
                    case "tag" -> value.equals(trace.tags().get(key));
                    default ->
                        value.equals(trace.metadata().get(key))
                                || (key.equals(RUN)
                                        && trace.runs().stream()
                                                .anyMatch(run -> run.value().equals(value)));
                };
    }

    /** True where it is about something else. */
    boolean holds(Span span, SpanTexts texts) {
        return !of.equals("span")
                || switch (field) {
                    case "name" -> span.getName().equals(value);
                    case "status" -> SpanTexts.status(span).equals(value);
                    default -> texts.type(span).equals(value);
                };
    }

    /** True where it is about something else. */
    boolean holds(Assessment assessment) {
        return !of.equals("assessment")
                || (field.equals("name")
                        ? assessment.name().equals(value)
                        : assessment.type().name().equalsIgnoreCase(value));
    }
}
