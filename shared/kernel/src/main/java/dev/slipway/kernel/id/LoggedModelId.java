package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a model that a run logged. */
public record LoggedModelId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public LoggedModelId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
