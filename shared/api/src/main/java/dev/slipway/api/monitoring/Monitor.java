package dev.slipway.api.monitoring;

import dev.slipway.kernel.id.ModelId;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Watches what a model sees and says in production.
 *
 * @param name unique in the workspace
 * @param model whose predictions are logged
 * @param channel whose release is in production
 */
@Serdeable
public record Monitor(String name, ModelId model, String channel, DriftPolicy policy) {}
