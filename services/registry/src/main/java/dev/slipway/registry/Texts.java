package dev.slipway.registry;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;

/** Bounds of the texts that people write. */
final class Texts {
    private static final int MAX_DESCRIPTION = 100_000;

    private Texts() {}

    static void checkDescription(@Nullable String text) {
        atMost(MAX_DESCRIPTION, "description", text);
    }

    /** Fails with {@code registry.text} when it is too long. */
    static void atMost(int most, String what, @Nullable String text) {
        if (text != null && text.length() > most) {
            throw SlipwayException.invalid(
                    "registry.text",
                    "The " + what + " has " + text.length() + " characters; " + most + " are allowed. Shorten it.");
        }
    }
}
