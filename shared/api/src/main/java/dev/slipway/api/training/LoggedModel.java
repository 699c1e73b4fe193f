package dev.slipway.api.training;

import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A model that was logged, registered or not. Its files lie in the tree of artifacts.
 *
 * @param type what its logger calls its kind; null when it did not
 * @param sourceRun that made it; null when none did
 * @param deleted UTC milliseconds; null unless it is
 */
@Serdeable
public record LoggedModel(
        ExperimentId experiment,
        String name,
        @Nullable String type,
        @Nullable RunId sourceRun,
        LoggedModelStatus status,
        @Nullable Long deleted) {
    /** The same in another state. */
    public LoggedModel withStatus(LoggedModelStatus other) {
        return new LoggedModel(experiment, name, type, sourceRun, other, deleted);
    }

    /** The same, deleted then. */
    public LoggedModel withDeleted(Long time) {
        return new LoggedModel(experiment, name, type, sourceRun, status, time);
    }
}
