package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a trigger, which starts a pipeline when an event of its kind happens. */
public record TriggerId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TriggerId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
