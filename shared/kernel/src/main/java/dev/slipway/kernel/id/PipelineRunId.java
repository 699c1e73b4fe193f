package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one execution of a pipeline. */
public record PipelineRunId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PipelineRunId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
