package dev.slipway.kernel.id;

import dev.slipway.kernel.SlipwayException;

/** The form every id has. */
final class IdForm {
    private static final int LENGTH = 32;

    private IdForm() {}

    static void check(String value) {
        if (value == null || value.length() != LENGTH || !hexadecimal(value)) {
            throw SlipwayException.invalid(
                    "id.malformed", "'" + value + "' is no id: an id has 32 lower-case hexadecimal digits.");
        }
    }

    /** A plain loop, because a traversal of the lineage graph checks thousands of ids. */
    private static boolean hexadecimal(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
