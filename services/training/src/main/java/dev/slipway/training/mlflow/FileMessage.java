package dev.slipway.training.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.api.training.ArtifactInfo;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;

/**
 * A file or folder as MLflow's clients see it.
 *
 * @param fileSize in bytes; null for a folder
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FileMessage(
        String path, boolean isDir, @Nullable Long fileSize) {
    /** @param path how the client names it */
    static FileMessage of(String path, ArtifactInfo artifact) {
        return new FileMessage(path, artifact.artifact() == null, artifact.size());
    }
}
