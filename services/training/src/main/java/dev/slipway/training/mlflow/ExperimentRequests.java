package dev.slipway.training.mlflow;

import dev.slipway.api.Required;
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

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Update(String experimentId, String newName) {
        public Update {
            Required.part("experiment_id", experimentId);
            Required.part("new_name", newName);
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
