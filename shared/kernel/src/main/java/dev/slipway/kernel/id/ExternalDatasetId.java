package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a dataset of another tool. */
public record ExternalDatasetId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ExternalDatasetId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
