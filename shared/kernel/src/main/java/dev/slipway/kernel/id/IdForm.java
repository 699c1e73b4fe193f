package dev.slipway.kernel.id;

import dev.slipway.kernel.SlipwayException;

/** The form every id has. */
final class IdForm {
    private static final int LENGTH = 32;

    private IdForm() {}

    static void check(String value) {
        if (value == null
                || value.length() != LENGTH
                || !value.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            throw SlipwayException.invalid(
                    "id.malformed", "'" + value + "' is no id: an id has 32 lower-case hexadecimal digits.");
        }
    }
}
