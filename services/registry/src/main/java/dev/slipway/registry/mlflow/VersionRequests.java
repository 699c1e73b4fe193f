package dev.slipway.registry.mlflow;

import dev.slipway.mlflow.KeyValueMessage;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** What MLflow's clients ask of the versions of registered models. */
final class VersionRequests {
    private VersionRequests() {}

    /** @param version our addition: the number of a version that is brought here from elsewhere */
    @Serdeable(naming = SnakeCaseStrategy.class)
    record Create(
            String name,
            @Nullable String version,
            String source,
            @Nullable String runId,
            @Nullable List<KeyValueMessage> tags,
            @Nullable String runLink,
            @Nullable String description,
            @Nullable String modelId) {
        Create {
            Given.text("name", name);
            Given.text("source", source);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Update(String name, String version, @Nullable String description) {
        Update {
            Given.text("name", name);
            Given.text("version", version);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Move(
            String name,
            String version,
            String stage,
            @Nullable Boolean archiveExistingVersions) {
        Move {
            Given.text("name", name);
            Given.text("version", version);
            Given.text("stage", stage);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Numbered(String name, String version) {
        Numbered {
            Given.text("name", name);
            Given.text("version", version);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record SetTag(
            String name,
            String version,
            String key,
            @Nullable String value) {
        SetTag {
            Given.text("name", name);
            Given.text("version", version);
            Given.text("key", key);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record DeleteTag(String name, String version, String key) {
        DeleteTag {
            Given.text("name", name);
            Given.text("version", version);
            Given.text("key", key);
        }
    }
}
