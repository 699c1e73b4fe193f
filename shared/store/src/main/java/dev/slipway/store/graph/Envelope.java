package dev.slipway.store.graph;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;

/**
 * An entity as a store holds it.
 *
 * @param schema the version of the body's form, from 1
 * @param revision 1 when made, one more with each change
 * @param created UTC milliseconds
 * @param updated UTC milliseconds of the last change
 * @param body a JSON object
 */
public record Envelope(
        EntityId id,
        Workspace workspace,
        EntityType type,
        int schema,
        long revision,
        long created,
        long updated,
        String body) {}
