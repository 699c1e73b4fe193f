package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a conversion of one model version to one target. */
public record ConversionId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ConversionId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
