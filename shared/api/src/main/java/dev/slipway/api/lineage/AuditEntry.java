package dev.slipway.api.lineage;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.id.EventId;
import io.micronaut.serde.annotation.Serdeable;

/**
 * An event of the log.
 *
 * @param position rising
 * @param type what happened, as {@code run.finished}
 * @param caller the subject of the caller who did it
 * @param time UTC milliseconds
 * @param body a JSON object
 */
@Serdeable
public record AuditEntry(
        long position, EventId id, String type, EntityRef subject, String caller, long time, String body) {}
