package dev.slipway.training.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Figures over many traces, over HTTP. */
@Timeout(120)
class TraceMetricsTest {
    private static final String TRACES = "/api/3.0/mlflow/traces";
    private static final String METRICS = TRACES + "/metrics";
    private static final long HOUR = 3_600_000;
    private static final long START = 1_700_000_000_000L / HOUR * HOUR;

    @TempDir
    static Path data;

    private static MlflowServer server;
    private static String experiment;

    @BeforeAll
    static void start() {
        server = new MlflowServer(data);
        experiment =
                server.post("experiments/create", Map.of("name", "metrics")).text("experiment_id");
        for (int number = 0; number < 6; number++) {
            Map<String, Object> metadata = new HashMap<>();
            metadata.put("mlflow.trace.session", "s-" + number / 4);
            metadata.put("mlflow.trace.tokenUsage", number == 5 ? "no usage" : "{\"input_tokens\": " + number + "}");
            server.post(
                    TRACES,
                    Map.of(
                            "trace",
                            Map.of(
                                    "trace_info",
                                    Map.of(
                                            "trace_id",
                                            "tr-" + "0".repeat(31) + (number + 1),
                                            "trace_location",
                                            Map.of("mlflow_experiment", Map.of("experiment_id", experiment)),
                                            "request_time",
                                            ProtobufTimes.time(START + number * HOUR / 2),
                                            "execution_duration",
                                            "0.00" + number + "s",
                                            "state",
                                            "OK",
                                            "trace_metadata",
                                            metadata,
                                            "tags",
                                            Map.of("mlflow.traceName", "n" + number % 2)))));
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, Object> query(String view, String metric, String aggregation) {
        Map<String, Object> query = new HashMap<>();
        query.put("experiment_ids", List.of(experiment));
        query.put("view_type", view);
        query.put("metric_name", metric);
        query.put("aggregations", List.of(Map.of("aggregation_type", aggregation)));
        return query;
    }

    private static List<Object> points(Map<String, Object> query) {
        return server.post(METRICS, query).list("data_points");
    }

    private static Map<String, Object> point(Map<String, String> dimensions, String aggregation, double value) {
        return Map.of("metric_name", "trace_count", "dimensions", dimensions, "values", Map.of(aggregation, value));
    }

    @Test
    void tracesAreCountedByTheHour() {
        Map<String, Object> query = query("TRACES", "trace_count", "COUNT");
        query.put("time_interval_seconds", 3600);
        query.put("start_time_ms", Long.toString(START + 1));
        query.put("end_time_ms", Long.toString(START + 3 * HOUR));
        query.put("dimensions", List.of("trace_name"));
        assertThat(points(query))
                .containsExactly(
                        point(Map.of("time_bucket", "2023-11-14T22:00:00+00:00", "trace_name", "n1"), "COUNT", 1),
                        point(Map.of("time_bucket", "2023-11-14T23:00:00+00:00", "trace_name", "n0"), "COUNT", 1),
                        point(Map.of("time_bucket", "2023-11-14T23:00:00+00:00", "trace_name", "n1"), "COUNT", 1),
                        point(Map.of("time_bucket", "2023-11-15T00:00:00+00:00", "trace_name", "n0"), "COUNT", 1),
                        point(Map.of("time_bucket", "2023-11-15T00:00:00+00:00", "trace_name", "n1"), "COUNT", 1));
        query.put("max_results", 2);
        assertThat(points(query)).hasSize(2);
    }

    @Test
    void whatTellsNothingIsLeftOut() {
        assertThat(points(query("TRACES", "input_tokens", "SUM")).toString()).contains("SUM=10");
        assertThat(points(query("TRACES", "session_count", "COUNT")).toString()).contains("COUNT=2");
        assertThat(points(query("TRACES", "output_tokens", "SUM"))).isEmpty();
        assertThat(points(query("SPANS", "span_count", "COUNT"))).isEmpty();
        Map<String, Object> nowhere = query("TRACES", "trace_count", "COUNT");
        nowhere.put("experiment_ids", List.of("nothing"));
        assertThat(points(nowhere)).isEmpty();
    }

    @Test
    void wrongQuestionsAreRefused() {
        for (Map.Entry<String, Object> wrong : List.<Map.Entry<String, Object>>of(
                Map.entry("view_type", "MARS"),
                Map.entry("metric_name", "nothing"),
                Map.entry("aggregations", List.of()),
                Map.entry("aggregations", List.of(Map.of("aggregation_type", "SUM"))),
                Map.entry("aggregations", List.of(Map.of("aggregation_type", "PERCENTILE"))),
                Map.entry("dimensions", List.of("trace_colour")),
                Map.entry("filters", List.of("trace.status != 'OK'")),
                Map.entry("filters", List.of("trace.tag = 'OK'")),
                Map.entry("filters", List.of("assessment.name = 'x'")),
                Map.entry("filters", List.of("x".repeat(100_000))),
                Map.entry("max_results", 0),
                Map.entry("time_interval_seconds", 60))) {
            Map<String, Object> query = query("TRACES", "trace_count", "COUNT");
            query.put(wrong.getKey(), wrong.getValue());
            server.refused("INVALID_PARAMETER_VALUE", METRICS, query);
        }
        Map<String, Object> endless = query("TRACES", "trace_count", "COUNT");
        endless.putAll(Map.of("time_interval_seconds", Long.MAX_VALUE, "start_time_ms", 0, "end_time_ms", 1));
        server.refused("INVALID_PARAMETER_VALUE", METRICS, endless);
    }
}
