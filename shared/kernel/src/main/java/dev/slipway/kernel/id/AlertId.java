package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names an alert. */
public record AlertId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AlertId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
