package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id of an entity of any type, for stores and for the lineage graph; services use the typed ids. */
public record EntityId(@JsonValue String value) implements Id, Comparable<EntityId> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EntityId {
        IdForm.check(value);
    }

    public static EntityId of(Id id) {
        return new EntityId(id.value());
    }

    @Override
    public int compareTo(EntityId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
