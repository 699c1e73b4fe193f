package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names an experiment, a group of runs. */
public record ExperimentId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ExperimentId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
