package dev.slipway.training;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;

/** The rule for names that people give. */
public final class Names {
    private static final int MAX = 200;

    private Names() {}

    /** {@code name} if it has 1 to 200 characters, otherwise an error with code {@code <what>.name}. */
    public static String check(String what, @Nullable String name) {
        return check(what, name, MAX);
    }

    /** {@code name} if it has 1 to {@code max} characters, otherwise an error with code {@code <what>.name}. */
    public static String check(String what, @Nullable String name, int max) {
        if (name == null || name.isBlank() || name.length() > max) {
            throw SlipwayException.invalid(
                    what + ".name",
                    "The name of a " + what + " has 1 to " + max + " characters, not "
                            + (name == null ? "none" : name.length()) + ".");
        }
        return name;
    }
}
