package dev.slipway.training.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.api.Required;
import dev.slipway.api.training.Metric;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** One value of a metric. */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MetricMessage(
        String key,
        Double value,
        Long timestamp,
        @Nullable Long step,
        @Nullable String runId,
        @Nullable String modelId,
        @Nullable String datasetName,
        @Nullable String datasetDigest) {
    public MetricMessage {
        Required.part("key", key);
        Required.part("value", value);
        Required.part("timestamp", timestamp);
        if (present(datasetName) != present(datasetDigest)) {
            throw SlipwayException.invalid(
                    "metric.dataset", "A metric of a data set has dataset_name and dataset_digest; send both or none.");
        }
    }

    private static boolean present(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    static MetricMessage of(Metric metric) {
        return of(null, metric);
    }

    static MetricMessage of(@Nullable RunId run, Metric metric) {
        return new MetricMessage(
                metric.key(),
                metric.value(),
                metric.timestamp(),
                metric.step(),
                run == null ? null : run.value(),
                null,
                null,
                null);
    }

    /** Null for none. */
    @Nullable
    static List<MetricMessage> of(List<Metric> metrics) {
        return metrics.isEmpty()
                ? null
                : metrics.stream().map(MetricMessage::of).toList();
    }

    Metric metric() {
        return new Metric(key, value, timestamp, step == null ? 0 : step);
    }

    /** Whether it is one of a logged model, too. */
    boolean ofModel() {
        return present(modelId);
    }
}
