package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a release, a version with its verified files. */
public record ReleaseId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ReleaseId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
