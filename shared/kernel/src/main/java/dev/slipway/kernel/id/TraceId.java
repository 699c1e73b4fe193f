package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a trace; the id is the one that OpenTelemetry gave it. */
public record TraceId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TraceId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
