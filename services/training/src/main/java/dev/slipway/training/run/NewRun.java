package dev.slipway.training.run;

import dev.slipway.api.training.Param;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import java.util.List;

/**
 * Asks for a run that is logged from outside.
 *
 * @param id null for a new one; otherwise that of a run that is brought here from elsewhere
 * @param name null for that of the tag {@code mlflow.runName}, or a random one
 * @param user who carries it out, at most 256 characters
 * @param started UTC milliseconds; null for now
 * @param tags within the bounds of what one call may log
 */
public record NewRun(
        @Nullable RunId id,
        @Nullable String name,
        @Nullable String user,
        @Nullable Long started,
        List<Param> tags) {}
