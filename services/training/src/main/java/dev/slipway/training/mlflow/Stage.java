package dev.slipway.training.mlflow;

import io.micronaut.core.annotation.Nullable;

/** Whether a thing is deleted, in MLflow's words. */
final class Stage {
    private Stage() {}

    static String of(@Nullable Long deleted) {
        return deleted == null ? "active" : "deleted";
    }
}
