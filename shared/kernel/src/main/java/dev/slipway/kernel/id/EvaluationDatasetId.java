package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a data set that applications are judged on. */
public record EvaluationDatasetId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EvaluationDatasetId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
