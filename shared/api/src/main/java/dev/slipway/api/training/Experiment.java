package dev.slipway.api.training;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A group of runs that are compared with each other.
 *
 * @param name unique in the workspace, also among the deleted ones
 * @param artifactLocation the URI under which clients of MLflow put its runs' artifacts; null for the usual one
 * @param deleted UTC milliseconds; null unless it is
 */
@Serdeable
public record Experiment(
        String name,
        @Nullable String artifactLocation,
        @Nullable Long deleted) {
    /** One whose artifacts are where they usually are. */
    public static Experiment named(String name) {
        return new Experiment(name, null, null);
    }

    /** The same under another name. */
    public Experiment withName(String other) {
        return new Experiment(other, artifactLocation, deleted);
    }

    /** The same, deleted then; null for not deleted. */
    public Experiment withDeleted(@Nullable Long time) {
        return new Experiment(name, artifactLocation, time);
    }
}
