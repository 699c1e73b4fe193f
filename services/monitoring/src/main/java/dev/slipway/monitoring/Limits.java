package dev.slipway.monitoring;

import dev.slipway.kernel.SlipwayException;

/** Bounds on what callers send. */
final class Limits {
    static final int MAX_TEXT = 200;

    private Limits() {}

    /** Accepts 1 to 200 characters without control characters. */
    static void checkText(String code, String what, String text) {
        if (text == null
                || text.isBlank()
                || text.length() > MAX_TEXT
                || text.chars().anyMatch(Character::isISOControl)) {
            throw SlipwayException.invalid(
                    code, what + " has 1 to " + MAX_TEXT + " characters and no control characters; give such a one.");
        }
    }

    /** Accepts 1 to {@code most} items in one request. */
    static void checkCount(String what, int count, int most) {
        if (count < 1) {
            throw SlipwayException.invalid("monitoring.empty", "The request holds no " + what + "; send at least one.");
        }
        if (count > most) {
            throw SlipwayException.tooLarge(
                    "monitoring.too-many",
                    "The request holds " + count + " " + what + "; send at most " + most + " at once.");
        }
    }
}
