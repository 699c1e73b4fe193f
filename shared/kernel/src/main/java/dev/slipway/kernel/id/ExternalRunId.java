package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a run of another tool's job. */
public record ExternalRunId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ExternalRunId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
