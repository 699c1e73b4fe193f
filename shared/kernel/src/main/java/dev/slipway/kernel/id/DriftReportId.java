package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names the outcome of one drift check. */
public record DriftReportId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public DriftReportId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
