package dev.slipway.kernel;

/** What went wrong, in the few ways a caller can act on. Each kind is mapped once to an HTTP status and once to GraphQL. */
public enum ErrorKind {
    /** The thing asked for does not exist, or not in the caller's workspace. */
    NOT_FOUND(404),
    /** The request itself is wrong; sending it again unchanged fails again. */
    INVALID(400),
    /** The request was right but something changed or stands in the way; read again, then retry. */
    CONFLICT(409),
    /** No credentials, or credentials that are unknown or expired. */
    UNAUTHENTICATED(401),
    /** Known caller, insufficient role. */
    FORBIDDEN(403),
    /** A body, batch or file is over its bound. */
    TOO_LARGE(413),
    /** Well formed, but beyond what this version can do, such as an operator without a lowering. */
    UNSUPPORTED(422),
    /** A store or service can't answer now; the same request may succeed later. */
    UNAVAILABLE(503),
    /** A defect of ours. */
    INTERNAL(500);

    private final int httpStatus;

    ErrorKind(int httpStatus) {
        this.httpStatus = httpStatus;
    }

    /** The HTTP status code that tells of this kind. */
    public int httpStatus() {
        return httpStatus;
    }
}
