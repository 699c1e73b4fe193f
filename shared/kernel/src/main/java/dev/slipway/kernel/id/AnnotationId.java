package dev.slipway.kernel.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names an annotation, one person's or program's answer to a task. */
public record AnnotationId(@JsonValue String value) implements Id {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AnnotationId {
        IdForm.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
