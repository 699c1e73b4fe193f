package dev.slipway.kernel;

import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.Id;

/** An entity of any type, as the ends of an edge and the subject of an event name it. */
public record EntityRef(EntityType type, EntityId id) {
    public static EntityRef of(EntityType type, Id id) {
        return new EntityRef(type, EntityId.of(id));
    }
}
