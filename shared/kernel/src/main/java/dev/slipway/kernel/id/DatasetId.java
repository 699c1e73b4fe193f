package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a dataset, the sequence of its versions. */
public record DatasetId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DatasetId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
