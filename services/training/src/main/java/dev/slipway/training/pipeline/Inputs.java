package dev.slipway.training.pipeline;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.Id;
import io.micronaut.core.annotation.Nullable;

/** What a step needs. */
final class Inputs {
    private Inputs() {}

    /** {@code value}, or {@code pipeline.missing-input} when no step before has made it. */
    static <T> T required(String what, @Nullable T value) {
        if (value == null) {
            throw SlipwayException.invalid(
                    "pipeline.missing-input", "The step needs a " + what + ", but no step before it has made one.");
        }
        return value;
    }

    /** What another service answered, or its own {@code <type>.unknown} when that is nothing. */
    static <T> T existing(String type, Id id, @Nullable T found) {
        if (found == null) {
            throw SlipwayException.notFound(
                    type + ".unknown", "There is no " + type.replace('-', ' ') + " " + id + ".");
        }
        return found;
    }
}
