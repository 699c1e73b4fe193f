package dev.slipway.runtime.errors;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Locale;

/**
 * An error as it travels over HTTP: problem details after RFC 9457, with our own members {@code kind}, {@code code} and
 * {@code requestId}.
 *
 * @param type a URI that names the code
 * @param title what sort of error it is, the same for all of a kind
 * @param status the HTTP status
 * @param detail what was wrong, where, and what to do
 * @param code stable; programs decide by it
 * @param requestId stands in the logs too; null outside of a request
 */
@Serdeable
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        ErrorKind kind,
        String code,
        @Nullable String requestId) {
    /** The media type of problem details. */
    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(SlipwayException exception, int status, @Nullable String requestId) {
        return new Problem(
                "urn:slipway:problem:" + exception.code(),
                title(exception.kind()),
                status,
                String.valueOf(exception.getMessage()),
                exception.kind(),
                exception.code(),
                requestId);
    }

    /** The exception that it tells of. */
    public SlipwayException toException() {
        return new SlipwayException(kind, code, detail, null);
    }

    private static String title(ErrorKind kind) {
        String words = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
