package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a file or folder of the tree of artifacts. */
public record ArtifactEntryId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ArtifactEntryId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
