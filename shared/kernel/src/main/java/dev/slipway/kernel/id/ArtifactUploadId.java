package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names the upload of a file that comes in parts. */
public record ArtifactUploadId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ArtifactUploadId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
