package dev.slipway.training.mlflow;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/** Times and durations as protocol buffers have them in JSON, from and to milliseconds. */
final class ProtobufTimes {
    private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,12}([.][0-9]{1,9})?s");
    private static final int MILLIS = 3;

    private ProtobufTimes() {}

    /** UTC milliseconds, null for null; {@code trace.time} for what is no time since 1970. */
    @Nullable
    static Long millis(@Nullable String time) {
        if (time == null) {
            return null;
        }
        try {
            long millis = OffsetDateTime.parse(time).toInstant().toEpochMilli();
            if (millis >= 0) {
                return millis;
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw wrong(time, "2026-01-31T12:00:00.123Z", e);
        }
        throw wrong(time, "2026-01-31T12:00:00.123Z", null);
    }

    /** Milliseconds, null for null; {@code trace.time} for what is no duration. */
    @Nullable
    static Long duration(@Nullable String duration) {
        if (duration == null) {
            return null;
        }
        if (!SECONDS.matcher(duration).matches()) {
            throw wrong(duration, "0.123s", null);
        }
        return new BigDecimal(duration.substring(0, duration.length() - 1))
                .movePointRight(MILLIS)
                .setScale(0, RoundingMode.FLOOR)
                .longValueExact();
    }

    private static SlipwayException wrong(String text, String right, @Nullable Exception cause) {
        SlipwayException wrong = SlipwayException.invalid(
                "trace.time",
                "'" + (text.length() > 50 ? text.substring(0, 50) + "…" : text)
                        + "' is no time or duration that is taken here; write it like " + right + ".");
        if (cause != null) {
            wrong.addSuppressed(cause);
        }
        return wrong;
    }

    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    static String seconds(long millis) {
        return BigDecimal.valueOf(millis, MILLIS).toPlainString() + "s";
    }
}
