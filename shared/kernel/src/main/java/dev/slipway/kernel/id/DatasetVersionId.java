package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names an immutable dataset version. */
public record DatasetVersionId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DatasetVersionId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
