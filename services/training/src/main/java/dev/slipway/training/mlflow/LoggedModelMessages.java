package dev.slipway.training.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.api.Required;
import dev.slipway.api.training.LoggedModelStatus;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.mlflow.Absent;
import dev.slipway.mlflow.KeyValueMessage;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** What MLflow's clients ask about logged models, and what they are answered. */
final class LoggedModelMessages {
    private LoggedModelMessages() {}

    /** The states by MLflow's names. */
    static String status(LoggedModelStatus status) {
        return switch (status) {
            case PENDING -> "LOGGED_MODEL_PENDING";
            case READY -> "LOGGED_MODEL_READY";
            case FAILED -> "LOGGED_MODEL_UPLOAD_FAILED";
        };
    }

    /** Also by MLflow's numbers; {@code logged-model.status} for what is no state. */
    static LoggedModelStatus status(String text) {
        return switch (text) {
            case "LOGGED_MODEL_PENDING", "1" -> LoggedModelStatus.PENDING;
            case "LOGGED_MODEL_READY", "2" -> LoggedModelStatus.READY;
            case "LOGGED_MODEL_UPLOAD_FAILED", "3" -> LoggedModelStatus.FAILED;
            default ->
                throw SlipwayException.invalid(
                        "logged-model.status",
                        "'" + text + "' is no status of a logged model; give LOGGED_MODEL_READY, for example.");
        };
    }

    /** @param modelId our addition: the id of a model that is brought here from elsewhere */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Create(
            @Nullable String modelId,
            String experimentId,
            @Nullable String name,
            @Nullable String modelType,
            @Nullable String sourceRunId,
            @Nullable List<KeyValueMessage> params,
            @Nullable List<KeyValueMessage> tags) {
        public Create {
            Required.part("experiment_id", experimentId);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Finish(String status) {
        public Finish {
            Required.part("status", status);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Texts(
            @Nullable List<KeyValueMessage> params,
            @Nullable List<KeyValueMessage> tags) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Search(
            List<String> experimentIds,
            @Nullable String filter,
            @Nullable List<Dataset> datasets,
            @Nullable Integer maxResults,
            @Nullable List<OrderBy> orderBy,
            @Nullable String pageToken) {
        public Search {
            Required.part("experiment_ids", Absent.ifEmpty(experimentIds));
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Dataset(@Nullable String datasetName, @Nullable String datasetDigest) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record OrderBy(
            String fieldName,
            @Nullable Boolean ascending,
            @Nullable String datasetName,
            @Nullable String datasetDigest) {
        public OrderBy {
            Required.part("field_name", fieldName);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Info(
            String modelId,
            String experimentId,
            String name,
            Long creationTimestampMs,
            Long lastUpdatedTimestampMs,
            String artifactUri,
            String status,
            @Nullable String modelType,
            @Nullable String sourceRunId,
            @Nullable List<KeyValueMessage> tags) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Data(
            @Nullable List<KeyValueMessage> params,
            @Nullable List<MetricMessage> metrics) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Model(Info info, Data data) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Found(Model model) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Page(List<Model> models, @Nullable String nextPageToken) {}
}
