package dev.slipway.training.loggedmodel;

import dev.slipway.api.training.Param;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import java.util.List;

/**
 * A model to be logged.
 *
 * @param id null for a new one; otherwise that of a model that is brought here from elsewhere
 * @param name null for one that is made up
 * @param sourceRun that makes it; null for none
 */
public record NewLoggedModel(
        @Nullable LoggedModelId id,
        ExperimentId experiment,
        @Nullable String name,
        @Nullable String type,
        @Nullable RunId sourceRun,
        List<Param> params,
        List<Param> tags) {}
