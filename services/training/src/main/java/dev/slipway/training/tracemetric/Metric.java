package dev.slipway.training.tracemetric;

import dev.slipway.kernel.SlipwayException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can be asked of traces, of their spans or of their assessments.
 *
 * @param aggregations that make sense of it
 * @param dimensions that it can be grouped by
 */
record Metric(View view, String name, Set<Aggregation.Type> aggregations, List<String> dimensions) {
    /** What is counted and measured. */
    enum View {
        TRACES,
        SPANS,
        ASSESSMENTS
    }

    static final String TRACE_COUNT = "trace_count";
    static final String SESSION_COUNT = "session_count";
    static final String SPAN_COUNT = "span_count";
    static final String LATENCY = "latency";
    static final String ASSESSMENT_COUNT = "assessment_count";
    static final String ASSESSMENT_VALUE = "assessment_value";

    private static final Set<Aggregation.Type> COUNT = EnumSet.of(Aggregation.Type.COUNT);
    private static final Set<Aggregation.Type> VALUE =
            EnumSet.of(Aggregation.Type.AVG, Aggregation.Type.MIN, Aggregation.Type.MAX, Aggregation.Type.PERCENTILE);
    private static final Set<Aggregation.Type> AMOUNT = EnumSet.of(
            Aggregation.Type.SUM,
            Aggregation.Type.AVG,
            Aggregation.Type.MIN,
            Aggregation.Type.MAX,
            Aggregation.Type.PERCENTILE);
    private static final List<String> MODELS = List.of("span_model_name", "span_model_provider");

    private static final List<Metric> ALL = Stream.of(
                    Stream.of(
                            new Metric(View.TRACES, TRACE_COUNT, COUNT, List.of("trace_name", "trace_status")),
                            new Metric(View.TRACES, SESSION_COUNT, COUNT, List.of()),
                            new Metric(View.TRACES, LATENCY, VALUE, List.of("trace_name")),
                            new Metric(
                                    View.SPANS,
                                    SPAN_COUNT,
                                    COUNT,
                                    List.of(
                                            "span_name",
                                            "span_type",
                                            "span_status",
                                            "span_model_name",
                                            "span_model_provider")),
                            new Metric(View.SPANS, LATENCY, VALUE, List.of("span_name", "span_status")),
                            new Metric(
                                    View.ASSESSMENTS,
                                    ASSESSMENT_COUNT,
                                    COUNT,
                                    List.of("assessment_name", "assessment_value")),
                            new Metric(View.ASSESSMENTS, ASSESSMENT_VALUE, VALUE, List.of("assessment_name"))),
                    Stream.of(
                                    "input_tokens",
                                    "output_tokens",
                                    "total_tokens",
                                    "cache_read_input_tokens",
                                    "cache_creation_input_tokens")
                            .map(name -> new Metric(View.TRACES, name, AMOUNT, List.of("trace_name"))),
                    Stream.of("input_cost", "output_cost", "total_cost")
                            .map(name -> new Metric(View.SPANS, name, AMOUNT, MODELS)))
            .flatMap(each -> each)
            .toList();

    /** The metric of that name, or {@code trace-metric.name}, {@code trace-metric.view}. */
    static Metric of(String view, String name) {
        if (Arrays.stream(View.values()).noneMatch(known -> known.name().equals(view))) {
            throw SlipwayException.invalid(
                    "trace-metric.view", "'" + view + "' is no view; these are: " + List.of(View.values()) + ".");
        }
        List<Metric> theirs =
                ALL.stream().filter(metric -> metric.view.name().equals(view)).toList();
        return theirs.stream()
                .filter(metric -> metric.name.equals(name))
                .findFirst()
                .orElseThrow(() -> SlipwayException.invalid(
                        "trace-metric.name",
                        "'" + name + "' is no metric of " + view + "; these are: "
                                + theirs.stream().map(Metric::name).collect(Collectors.joining(", ")) + "."));
    }

    /** Fails with {@code trace-metric.aggregation}, {@code trace-metric.dimension} for what it does not have. */
    void check(List<Aggregation> wanted, List<String> groupedBy) {
        wanted.stream()
                .filter(aggregation -> !aggregations.contains(aggregation.type()))
                .findFirst()
                .ifPresent(wrong -> {
                    throw SlipwayException.invalid(
                            "trace-metric.aggregation",
                            "The " + wrong.type() + " of '" + name + "' makes no sense; these do: " + aggregations
                                    + ".");
                });
        groupedBy.stream()
                .filter(dimension -> !dimensions.contains(dimension))
                .findFirst()
                .ifPresent(wrong -> {
                    throw SlipwayException.invalid(
                            "trace-metric.dimension",
                            "'" + name + "' can't be grouped by '" + wrong + "'; these can be used: " + dimensions
                                    + ".");
                });
    }
}
