package dev.slipway.store.graph;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.id.EventId;

/**
 * An event to be written with the change it tells of; the store gives it its position.
 *
 * @param type what happened, {@code entity.verb}, as {@code run.finished}
 * @param subject what it happened to
 * @param caller the subject of the caller who did it
 * @param time UTC milliseconds
 * @param body a JSON object
 */
public record NewEvent(EventId id, String type, EntityRef subject, String caller, long time, String body) {}
