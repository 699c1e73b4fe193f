package dev.slipway.store.arangodb.fake;

import java.util.Collection;
import java.util.Map;

/** The documented refusals, each with the HTTP status that belongs to its error number. */
final class Refusals {

    private Refusals() {}

    static ArangoRefusal badParameter(String what) {
        return new ArangoRefusal(400, 10, what);
    }

    static ArangoRefusal unauthorized() {
        return new ArangoRefusal(401, 11, "not authorized to execute this request");
    }

    static ArangoRefusal lockTimeout(String collection) {
        return new ArangoRefusal(500, 18, "timed out waiting for lock: " + collection);
    }

    static ArangoRefusal locked(String transaction) {
        return new ArangoRefusal(500, 28, "locked: transaction '" + transaction + "' is already in use");
    }

    static ArangoRefusal tooLarge(long limit) {
        return new ArangoRefusal(500, 32, "resource limit exceeded: aborted transaction over " + limit + " bytes");
    }

    static ArangoRefusal corruptedJson(String what) {
        return new ArangoRefusal(400, 600, "invalid JSON: " + what);
    }

    static ArangoRefusal notInTheDouble(String what) {
        return new ArangoRefusal(501, 9, "not implemented by " + ArangoDouble.BANNER + ": " + what);
    }

    /** Tells the revision that the document has instead. */
    static ArangoRefusal revisionMismatch(Map<String, Object> found) {
        return new ArangoRefusal(
                412,
                1200,
                "conflict, _rev values do not match",
                Map.of("_id", found.get("_id"), "_key", found.get("_key"), "_rev", found.get("_rev")));
    }

    static ArangoRefusal writeConflict(String collection, String key) {
        return new ArangoRefusal(409, 1200, "write-write conflict - in collection " + collection + "; key: " + key);
    }

    static ArangoRefusal documentNotFound(String collection, String key) {
        return new ArangoRefusal(404, 1202, "document not found: " + collection + "/" + key);
    }

    static ArangoRefusal collectionNotFound(String collection) {
        return new ArangoRefusal(404, 1203, "collection or view not found: " + collection);
    }

    static ArangoRefusal duplicateName(String name) {
        return new ArangoRefusal(409, 1207, "duplicate name: " + name);
    }

    static ArangoRefusal illegalName(String name) {
        return new ArangoRefusal(400, 1208, "illegal name: " + name);
    }

    static ArangoRefusal uniqueViolated(String index, Collection<String> fields, String conflictingKey) {
        return new ArangoRefusal(
                409,
                1210,
                "unique constraint violated - in index " + index + " of type persistent over " + fields
                        + "; conflicting key: " + conflictingKey);
    }

    static ArangoRefusal keyTaken(String key) {
        return new ArangoRefusal(
                409,
                1210,
                "unique constraint violated - in index primary of type primary over '_key'; conflicting key: " + key);
    }

    static ArangoRefusal indexNotFound(String index) {
        return new ArangoRefusal(404, 1212, "index not found: " + index);
    }

    static ArangoRefusal collectionTypeInvalid(String what) {
        return new ArangoRefusal(400, 1218, "collection type invalid: " + what);
    }

    static ArangoRefusal illegalKey() {
        return new ArangoRefusal(400, 1221, "illegal document key");
    }

    static ArangoRefusal documentTypeInvalid() {
        return new ArangoRefusal(400, 1227, "invalid document type");
    }

    static ArangoRefusal databaseNotFound(String name) {
        return new ArangoRefusal(404, 1228, "database not found: " + name);
    }

    static ArangoRefusal databaseNameInvalid(String name) {
        return new ArangoRefusal(400, 1229, "database name invalid: " + name);
    }

    static ArangoRefusal onlyInSystemDatabase() {
        return new ArangoRefusal(403, 1230, "operation only allowed in system database");
    }

    static ArangoRefusal edgeAttributeInvalid() {
        return new ArangoRefusal(400, 1233, "edge attribute missing or invalid");
    }

    static ArangoRefusal unregistered(String collection, String mode) {
        return new ArangoRefusal(
                400, 1652, "unregistered collection used in transaction: " + collection + " [" + mode + "]");
    }

    static ArangoRefusal disallowed(String what) {
        return new ArangoRefusal(400, 1653, what);
    }

    static ArangoRefusal transactionAborted(String id, boolean expired) {
        return new ArangoRefusal(
                410, 1654, "transaction '" + id + "' has already " + (expired ? "expired" : "been aborted"));
    }

    static ArangoRefusal transactionNotFound(String id) {
        return new ArangoRefusal(404, 1655, "transaction '" + id + "' not found");
    }

    static ArangoRefusal cursorNotFound() {
        return new ArangoRefusal(404, 1600, "cursor not found");
    }

    static ArangoRefusal graph(int httpStatus, int errorNumber, String what) {
        return new ArangoRefusal(httpStatus, errorNumber, what);
    }
}
