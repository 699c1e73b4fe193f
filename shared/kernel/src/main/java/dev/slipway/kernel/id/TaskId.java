package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a task, one thing to label. */
public record TaskId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TaskId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
