package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a job of another tool. */
public record ExternalJobId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ExternalJobId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
