package dev.slipway.store.arangodb;

import com.arangodb.ArangoDBException;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import java.util.Set;

/** What ArangoDB's errors mean to a caller. */
final class ArangoErrors {
    static final int CONFLICT = 1200;
    static final int DOCUMENT_NOT_FOUND = 1202;
    static final int DATABASE_NOT_FOUND = 1228;
    static final int UNIQUE = 1210;
    static final int DUPLICATE_NAME = 1207;
    static final int GRAPH_EXISTS = 1925;

    private static final int LOCK_TIMEOUT = 18;
    private static final int RESOURCE_LIMIT = 32;
    private static final int READ_ONLY = 1004;
    private static final int DISK_FULL = 1104;
    private static final int NO_COLLECTION = 1203;
    private static final int NO_INDEX = 1212;
    private static final int NO_GRAPH = 1924;
    private static final int HINT_UNUSABLE = 1577;
    private static final int TRANSACTION_NOT_FOUND = 1655;
    private static final int TRANSACTION_ENDED = 1653;
    private static final int TRANSACTION_ABORTED = 1654;

    /** Shutting down, a leader that moves, a part of the cluster that does not answer. */
    private static final Set<Integer> AWAY = Set.of(30, 503, 1457, 1477, 1495, 1496);

    private ArangoErrors() {}

    /** ArangoDB's number of the error; 0 when it did not answer. */
    static int number(ArangoDBException failure) {
        return failure.getErrorNum() == null ? 0 : failure.getErrorNum();
    }

    /** The HTTP status of the answer; 0 when there was none. */
    static int status(ArangoDBException failure) {
        return failure.getResponseCode() == null ? 0 : failure.getResponseCode();
    }

    /** Whether others write the same documents, so that the whole transaction may be tried again. */
    static boolean isConflict(ArangoDBException failure) {
        int number = number(failure);
        // What is a duplicate or gone was inserted or removed by another transaction since this one read.
        return number == CONFLICT || number == LOCK_TIMEOUT || number == UNIQUE || number == DOCUMENT_NOT_FOUND;
    }

    static boolean isInterrupted(ArangoDBException failure) {
        return failure.getCause() instanceof InterruptedException;
    }

    /** Whether the database did not answer, or only said that it can't now. */
    static boolean isAway(ArangoDBException failure) {
        return status(failure) == 0 || status(failure) == 503 || AWAY.contains(number(failure));
    }

    static SlipwayException of(ArangoDBException failure, ArangoSettings settings) {
        if (isInterrupted(failure)) {
            return SlipwayException.unavailable(
                    "store.interrupted", "The thread was interrupted while it waited for ArangoDB.", failure);
        }
        if (isAway(failure)) {
            return SlipwayException.unavailable(
                    "store.unreachable",
                    settings + " does not answer: " + message(failure) + ". Nothing was written; try again.",
                    failure);
        }
        if (status(failure) == 401 || status(failure) == 403) {
            return refused(failure, settings);
        }
        return switch (number(failure)) {
            case CONFLICT, LOCK_TIMEOUT, UNIQUE, DOCUMENT_NOT_FOUND ->
                SlipwayException.unavailable(
                        "store.busy",
                        settings + ": others keep writing the same documents. Nothing was written; try again.",
                        failure);
            case TRANSACTION_NOT_FOUND, TRANSACTION_ENDED, TRANSACTION_ABORTED ->
                SlipwayException.unavailable(
                        "store.transaction-lost",
                        settings + " has given up the transaction: " + message(failure)
                                + ". Nothing was written; try again.",
                        failure);
            case RESOURCE_LIMIT ->
                new SlipwayException(
                        ErrorKind.TOO_LARGE,
                        "store.batch-too-large",
                        settings + " takes no transaction so large: " + message(failure)
                                + ". Nothing was written; write less at once.",
                        failure);
            case NO_COLLECTION, NO_INDEX, NO_GRAPH, HINT_UNUSABLE ->
                SlipwayException.internal(
                        "store.corrupt",
                        settings + " lacks a part of its schema; restore it from a backup: " + message(failure),
                        failure);
            case DISK_FULL ->
                SlipwayException.unavailable(
                        "store.full",
                        "The disk of " + settings + " is full. Nothing was written; make room, then try again.",
                        failure);
            case READ_ONLY ->
                SlipwayException.unavailable(
                        "store.unwritable", settings + " is read-only now. Nothing was written.", failure);
            default -> SlipwayException.internal("store.failed", settings + ": " + message(failure), failure);
        };
    }

    private static SlipwayException refused(ArangoDBException failure, ArangoSettings settings) {
        return status(failure) == 401
                ? new SlipwayException(
                        ErrorKind.UNAUTHENTICATED,
                        "store.credentials",
                        settings + " refuses the user or the password. Set the right ones.",
                        failure)
                : new SlipwayException(
                        ErrorKind.FORBIDDEN,
                        "store.forbidden",
                        settings + " does not allow its user to do this: " + message(failure)
                                + ". Grant it read and write access to the database and its collections.",
                        failure);
    }

    static String message(ArangoDBException failure) {
        String message = failure.getErrorMessage() == null ? failure.getMessage() : failure.getErrorMessage();
        return number(failure) == 0 ? message : message + " (" + number(failure) + ")";
    }
}
