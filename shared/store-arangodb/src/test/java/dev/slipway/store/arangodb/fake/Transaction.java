package dev.slipway.store.arangodb.fake;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One transaction: what it may touch, what it sees, and what it has written; used under the storage's lock. */
final class Transaction {

    /** What one collection is declared for. */
    enum Access {
        READ,
        WRITE,
        EXCLUSIVE
    }

    /** Where a stream transaction stands. */
    enum Status {
        RUNNING,
        COMMITTED,
        ABORTED
    }

    private final String id;
    private final StoredDatabase database;
    private final Map<String, Access> declared;
    private final boolean implicitReads;
    private final long snapshot;
    private final long sizeLimit;
    private final Map<String, Map<String, Optional<Map<String, Object>>>> written = new HashMap<>();
    private final Set<String> openCursors = new HashSet<>();
    private Status status = Status.RUNNING;
    private boolean expired;
    private boolean inUse;
    private long lastUsed = System.nanoTime();
    private long size;

    Transaction(
            String id,
            StoredDatabase database,
            Map<String, Access> declared,
            boolean implicitReads,
            long snapshot,
            long sizeLimit) {
        this.id = id;
        this.database = database;
        this.declared = Map.copyOf(declared);
        this.implicitReads = implicitReads;
        this.snapshot = snapshot;
        this.sizeLimit = sizeLimit;
    }

    String id() {
        return id;
    }

    StoredDatabase database() {
        return database;
    }

    long snapshot() {
        return snapshot;
    }

    Status status() {
        return status;
    }

    boolean expired() {
        return expired;
    }

    boolean inUse() {
        return inUse;
    }

    long lastUsed() {
        return lastUsed;
    }

    Set<String> openCursors() {
        return openCursors;
    }

    void use(boolean use) {
        inUse = use;
        lastUsed = System.nanoTime();
    }

    void end(Status with, boolean byTimeout) {
        status = with;
        expired = byTimeout;
        written.clear();
        openCursors.clear();
    }

    boolean declares(String collection) {
        return declared.containsKey(collection);
    }

    boolean writes(String collection) {
        Access access = declared.get(collection);
        return access == Access.WRITE || access == Access.EXCLUSIVE;
    }

    boolean excludesOthers(String collection) {
        return declared.get(collection) == Access.EXCLUSIVE;
    }

    /** Declared collections may be read, others only with {@code allowImplicit}. */
    void checkRead(String collection) {
        if (!implicitReads && !declares(collection)) {
            throw Refusals.unregistered(collection, "read");
        }
    }

    /** Only what is declared for writing may be written. */
    void checkWrite(String collection) {
        if (!writes(collection)) {
            throw Refusals.unregistered(collection, "write");
        }
    }

    Map<String, Map<String, Optional<Map<String, Object>>>> written() {
        return written;
    }

    /** What this transaction wrote in one collection: documents by key, empty for removed ones. */
    Map<String, Optional<Map<String, Object>>> written(String collection) {
        return written.getOrDefault(collection, Map.of());
    }

    void put(String collection, String key, Optional<Map<String, Object>> document, long bytes) {
        if (size + bytes > sizeLimit) {
            throw Refusals.tooLarge(sizeLimit);
        }
        size += bytes;
        written.computeIfAbsent(collection, unused -> new HashMap<>()).put(key, document);
    }
}
