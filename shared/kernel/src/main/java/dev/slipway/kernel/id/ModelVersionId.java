package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a version of a registered model. */
public record ModelVersionId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ModelVersionId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
