package dev.slipway.store.metric;

import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;

/**
 * Names a time series.
 *
 * @param entity whose it is: a run, a monitor
 * @param key the metric's name, at most 250 characters
 */
public record Series(Workspace workspace, EntityId entity, String key) {}
