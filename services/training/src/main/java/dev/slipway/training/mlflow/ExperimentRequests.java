package dev.slipway.training.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.api.Required;
import dev.slipway.mlflow.Absent;
import dev.slipway.mlflow.KeyValueMessage;
import dev.slipway.training.experiment.View;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** What MLflow's clients ask about experiments, and the answers that hold nothing but one. */
final class ExperimentRequests {
    private ExperimentRequests() {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Create(
            String name,
            @Nullable String artifactLocation,
            @Nullable List<KeyValueMessage> tags) {
        public Create {
            Required.part("name", name);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Created(String experimentId) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record One(String experimentId) {
        public One {
            Required.part("experiment_id", experimentId);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Found(ExperimentMessage experiment) {}

    /** All parts may be missing. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Search(
            @Nullable Integer maxResults,
            @Nullable String pageToken,
            @Nullable String filter,
            @Nullable List<String> orderBy,
            @Nullable View viewType) {
        private static final int USUAL = 1000;

        int limit() {
            return maxResults == null ? USUAL : maxResults;
        }

        List<String> orders() {
            return orderBy == null ? List.of() : orderBy;
        }

        View view() {
            return viewType == null ? View.ACTIVE_ONLY : viewType;
        }

        @Nullable
        String cursor() {
            return Absent.ifEmpty(pageToken);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(
            @Nullable List<ExperimentMessage> experiments,
            @Nullable String nextPageToken) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Update(String experimentId, String newName) {
        public Update {
            Required.part("experiment_id", experimentId);
            Required.part("new_name", newName);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record DeleteTag(String experimentId, String key) {
        public DeleteTag {
            Required.part("experiment_id", experimentId);
            Required.part("key", key);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record SetTag(String experimentId, String key, @Nullable String value) {
        public SetTag {
            Required.part("experiment_id", experimentId);
            Required.part("key", key);
        }

        KeyValueMessage tag() {
            return new KeyValueMessage(key, value);
        }
    }
}
