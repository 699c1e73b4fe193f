package dev.slipway.training.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.api.Required;
import dev.slipway.mlflow.Absent;
import dev.slipway.training.tracemetric.Aggregation;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Map;

/** What MLflow's clients ask about many traces at once, and what they are answered. */
final class TraceMetricMessages {
    private TraceMetricMessages() {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Query(
            List<String> experimentIds,
            String viewType,
            String metricName,
            List<Asked> aggregations,
            @Nullable List<String> dimensions,
            @Nullable List<String> filters,
            @Nullable Long timeIntervalSeconds,
            @Nullable Long startTimeMs,
            @Nullable Long endTimeMs,
            @Nullable Integer maxResults) {
        public Query {
            Required.part("experiment_ids", Absent.ifEmpty(experimentIds));
            Required.part("view_type", viewType);
            Required.part("metric_name", metricName);
            Required.part("aggregations", Absent.ifEmpty(aggregations));
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Asked(String aggregationType, @Nullable Double percentileValue) {
        public Asked {
            Required.part("aggregation_type", aggregationType);
        }

        Aggregation aggregation() {
            return Aggregation.of(aggregationType, percentileValue);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Point(String metricName, Map<String, String> dimensions, Map<String, Double> values) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Points(List<Point> dataPoints) {}
}
