package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a data set that a run said it had read. */
public record LoggedDatasetId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public LoggedDatasetId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
