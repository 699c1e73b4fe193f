package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a batch of logged predictions. */
public record PredictionBatchId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PredictionBatchId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
