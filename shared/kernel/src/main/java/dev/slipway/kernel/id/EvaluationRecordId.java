package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a record of an evaluation data set; the id is made of what it asks, so that the same is asked once. */
public record EvaluationRecordId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EvaluationRecordId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
