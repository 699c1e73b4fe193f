package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names a webhook, an address that is told of events. */
public record WebhookId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public WebhookId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
