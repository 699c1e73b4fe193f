package dev.slipway.kernel;

import java.util.Objects;

/**
 * The one exception of the suite. It travels unchanged through both bindings of a contract, so a caller sees the same
 * kind, code and message whether the service is in its own JVM or behind HTTP.
 *
 * <p>The message says what was wrong, where, and what to do. The code is stable, lower case, {@code area.reason}, for
 * instance {@code dataset.no-annotations}; programs decide by it, never by the message.
 */
public final class SlipwayException extends RuntimeException {
    private final ErrorKind kind;
    private final String code;

    public SlipwayException(ErrorKind kind, String code, String message, Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind);
        this.code = Objects.requireNonNull(code);
    }

    public ErrorKind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public static SlipwayException notFound(String code, String message) {
        return new SlipwayException(ErrorKind.NOT_FOUND, code, message, null);
    }

    public static SlipwayException invalid(String code, String message) {
        return new SlipwayException(ErrorKind.INVALID, code, message, null);
    }

    public static SlipwayException invalid(String code, String message, Throwable cause) {
        return new SlipwayException(ErrorKind.INVALID, code, message, cause);
    }

    public static SlipwayException conflict(String code, String message) {
        return new SlipwayException(ErrorKind.CONFLICT, code, message, null);
    }

    public static SlipwayException unauthenticated(String code, String message) {
        return new SlipwayException(ErrorKind.UNAUTHENTICATED, code, message, null);
    }

    public static SlipwayException forbidden(String code, String message) {
        return new SlipwayException(ErrorKind.FORBIDDEN, code, message, null);
    }

    public static SlipwayException tooLarge(String code, String message) {
        return new SlipwayException(ErrorKind.TOO_LARGE, code, message, null);
    }

    public static SlipwayException unsupported(String code, String message) {
        return new SlipwayException(ErrorKind.UNSUPPORTED, code, message, null);
    }

    public static SlipwayException unavailable(String code, String message, Throwable cause) {
        return new SlipwayException(ErrorKind.UNAVAILABLE, code, message, cause);
    }

    public static SlipwayException internal(String code, String message, Throwable cause) {
        return new SlipwayException(ErrorKind.INTERNAL, code, message, cause);
    }
}
