package dev.slipway.store.arangodb.fake;

import java.util.Map;

/** An operation that the double refuses, with the HTTP status and the ArangoDB error number that the client is told. */
public final class ArangoRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int httpStatus;
    private final int errorNumber;
    private final transient Map<String, Object> details;

    /**
     * A refusal.
     *
     * @param errorNumber as in ArangoDB's list of error codes
     */
    public ArangoRefusal(int httpStatus, int errorNumber, String message) {
        this(httpStatus, errorNumber, message, Map.of());
    }

    ArangoRefusal(int httpStatus, int errorNumber, String message, Map<String, Object> details) {
        super(message);
        this.httpStatus = httpStatus;
        this.errorNumber = errorNumber;
        this.details = details;
    }

    /** The HTTP status that goes with the error number. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The number in ArangoDB's list of error codes. */
    public int errorNumber() {
        return errorNumber;
    }

    /** More attributes of the error object, where some are documented. */
    Map<String, Object> details() {
        return details;
    }
}
