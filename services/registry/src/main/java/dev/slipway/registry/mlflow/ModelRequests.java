package dev.slipway.registry.mlflow;

import dev.slipway.mlflow.KeyValueMessage;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** What MLflow's clients ask of registered models. */
final class ModelRequests {
    private ModelRequests() {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Create(
            String name,
            @Nullable String description,
            @Nullable List<KeyValueMessage> tags) {
        Create {
            Given.text("name", name);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Rename(String name, String newName) {
        Rename {
            Given.text("name", name);
            Given.text("new_name", newName);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Update(String name, @Nullable String description) {
        Update {
            Given.text("name", name);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Named(String name) {
        Named {
            Given.text("name", name);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record Latest(String name, @Nullable List<String> stages) {
        Latest {
            Given.text("name", name);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record SetTag(String name, String key, @Nullable String value) {
        SetTag {
            Given.text("name", name);
            Given.text("key", key);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record DeleteTag(String name, String key) {
        DeleteTag {
            Given.text("name", name);
            Given.text("key", key);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record SetAlias(String name, String alias, String version) {
        SetAlias {
            Given.text("name", name);
            Given.text("alias", alias);
            Given.text("version", version);
        }
    }

    @Serdeable(naming = SnakeCaseStrategy.class)
    record DeleteAlias(String name, String alias) {
        DeleteAlias {
            Given.text("name", name);
            Given.text("alias", alias);
        }
    }
}
