package dev.slipway.training.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/**
 * What lies in a folder.
 *
 * @param rootUri the address that paths begin at
 * @param nextPageToken null after the last page
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FileListMessage(
        @Nullable String rootUri,
        List<FileMessage> files,
        @Nullable String nextPageToken) {}
