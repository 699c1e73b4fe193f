package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a channel, to which devices listen. */
public record ChannelId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ChannelId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
