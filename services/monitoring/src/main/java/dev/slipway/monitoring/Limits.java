package dev.slipway.monitoring;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Bounds on what callers send. */
final class Limits {
    static final int MAX_TEXT = 200;

    private Limits() {}

    /** Accepts 1 to 200 characters without control characters. */
    static void checkText(String code, String what, @Nullable String text) {
        if (text == null
                || text.isBlank()
                || text.length() > MAX_TEXT
                || text.chars().anyMatch(Character::isISOControl)) {
            throw SlipwayException.invalid(
                    code, what + " has 1 to " + MAX_TEXT + " characters and no control characters; give such a one.");
        }
    }

    /** Refuses a request that lacks a part; readers of JSON leave null what was not sent. */
    static void checkPresent(String what, @Nullable Object... parts) {
        if (Stream.of(parts).anyMatch(Objects::isNull)) {
            throw SlipwayException.invalid("monitoring.incomplete", what + " lacks a part; send all that it needs.");
        }
    }

    /** Accepts 1 to {@code most} items in one request. */
    static void checkCount(String what, @Nullable List<?> items, int most) {
        int count = items == null ? 0 : items.size();
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
