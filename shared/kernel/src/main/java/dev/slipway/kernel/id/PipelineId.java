package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a pipeline, a list of steps. */
public record PipelineId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PipelineId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
