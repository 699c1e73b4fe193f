package dev.slipway.store.arangodb.fake;

import java.util.concurrent.CountDownLatch;

/** What goes wrong with one request. */
public sealed interface Fault {

    /** The request is refused with this error and nothing is done. */
    record ErrorAnswer(int httpStatus, int errorNumber) implements Fault {}

    /** The connection is closed before anything is done. */
    record DropBefore() implements Fault {}

    /** The request is carried out, then the connection is closed without an answer. */
    record DropAfter() implements Fault {}

    /** The request waits until the latch is open, at most a minute, and is then carried out as usual. */
    record Delay(CountDownLatch until) implements Fault {}

    /** A write-write conflict. */
    static Fault conflict() {
        return new ErrorAnswer(409, 1200);
    }

    /** A document that isn't there. */
    static Fault documentNotFound() {
        return new ErrorAnswer(404, 1202);
    }

    /** A collection that isn't there. */
    static Fault collectionNotFound() {
        return new ErrorAnswer(404, 1203);
    }

    /** A unique constraint that would be violated. */
    static Fault uniqueViolated() {
        return new ErrorAnswer(409, 1210);
    }

    /** A server that answers but is not ready, as during its start or shutdown. */
    static Fault unavailable() {
        return new ErrorAnswer(503, 503);
    }
}
