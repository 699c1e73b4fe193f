package dev.slipway.training.mlflow;

import dev.slipway.api.Required;
import dev.slipway.api.training.RunState;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** What MLflow's clients ask about runs, and the answers that hold nothing but one. */
final class RunRequests {
    private RunRequests() {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Create(
            @Nullable String experimentId,
            @Nullable String userId,
            @Nullable String runName,
            @Nullable Long startTime,
            @Nullable List<KeyValueMessage> tags) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Found(RunMessage run) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Update(
            @Nullable String runId,
            @Nullable String runUuid,
            @Nullable RunState status,
            @Nullable Long endTime,
            @Nullable String runName) {
        RunId run() {
            return RunIds.of(runId, runUuid);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Updated(RunInfoMessage runInfo) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record One(String runId) {
        RunId run() {
            return RunIds.of(runId);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record LogMetric(
            @Nullable String runId,
            @Nullable String runUuid,
            String key,
            Double value,
            Long timestamp,
            @Nullable Long step,
            @Nullable String modelId,
            @Nullable String datasetName,
            @Nullable String datasetDigest) {
        RunId run() {
            return RunIds.of(runId, runUuid);
        }

        MetricMessage metric() {
            return new MetricMessage(key, value, timestamp, step, null, modelId, datasetName, datasetDigest);
        }
    }

    /** A param or a tag. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record LogText(
            @Nullable String runId,
            @Nullable String runUuid,
            String key,
            @Nullable String value) {
        public LogText {
            Required.part("key", key);
        }

        RunId run() {
            return RunIds.of(runId, runUuid);
        }

        KeyValueMessage text() {
            return new KeyValueMessage(key, value);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record LogBatch(
            String runId,
            @Nullable List<MetricMessage> metrics,
            @Nullable List<KeyValueMessage> params,
            @Nullable List<KeyValueMessage> tags) {
        RunId run() {
            return RunIds.of(runId);
        }
    }
}
