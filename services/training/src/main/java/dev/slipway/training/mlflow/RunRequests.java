package dev.slipway.training.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.api.Required;
import dev.slipway.api.training.RunState;
import dev.slipway.kernel.id.RunId;
import dev.slipway.mlflow.Absent;
import dev.slipway.mlflow.KeyValueMessage;
import dev.slipway.training.experiment.View;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** What MLflow's clients ask about runs, and the answers that hold nothing but one. */
final class RunRequests {
    private RunRequests() {}

    /** @param runId our addition: the id of a run that is brought here from elsewhere */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Create(
            @Nullable String runId,
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
    record DeleteTag(String runId, String key) {
        public DeleteTag {
            Required.part("key", key);
        }

        RunId run() {
            return RunIds.of(runId);
        }
    }

    /** All parts may be missing. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Search(
            @Nullable List<String> experimentIds,
            @Nullable String filter,
            @Nullable View runViewType,
            @Nullable Integer maxResults,
            @Nullable List<String> orderBy,
            @Nullable String pageToken) {
        private static final int USUAL = 1000;

        List<String> experiments() {
            return experimentIds == null ? List.of() : experimentIds;
        }

        View view() {
            return runViewType == null ? View.ACTIVE_ONLY : runViewType;
        }

        int limit() {
            return maxResults == null ? USUAL : maxResults;
        }

        List<String> orders() {
            return orderBy == null ? List.of() : orderBy;
        }

        @Nullable
        String cursor() {
            return Absent.ifEmpty(pageToken);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(@Nullable List<RunMessage> runs, @Nullable String nextPageToken) {}

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
