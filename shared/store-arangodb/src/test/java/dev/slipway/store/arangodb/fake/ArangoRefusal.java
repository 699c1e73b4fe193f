package dev.slipway.store.arangodb.fake;

/** An operation that the double refuses, with the HTTP status and the ArangoDB error number that the client is told. */
public final class ArangoRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int httpStatus;
    private final int errorNumber;

    /**
     * A refusal.
     *
     * @param errorNumber as in ArangoDB's list of error codes
     */
    public ArangoRefusal(int httpStatus, int errorNumber, String message) {
        super(message);
        this.httpStatus = httpStatus;
        this.errorNumber = errorNumber;
    }

    /** The HTTP status that goes with the error number. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The number in ArangoDB's list of error codes. */
    public int errorNumber() {
        return errorNumber;
    }
}
