package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a monitor of one model in production. */
public record MonitorId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public MonitorId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
