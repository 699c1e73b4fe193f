package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a labeling project. */
public record ProjectId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ProjectId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
