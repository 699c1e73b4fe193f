package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a registered model. */
public record ModelId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ModelId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
