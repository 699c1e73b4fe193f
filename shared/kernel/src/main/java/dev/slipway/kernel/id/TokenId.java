package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names an API token. */
public record TokenId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TokenId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
