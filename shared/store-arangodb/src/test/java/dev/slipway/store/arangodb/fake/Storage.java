package dev.slipway.store.arangodb.fake;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** All databases behind one lock; whoever touches them does so inside {@link #locked}. */
final class Storage {

    private static final String SYSTEM = "_system";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final Map<String, StoredDatabase> databases = new TreeMap<>();
    private final Revisions revisions = new Revisions();
    private long lastId = 1000;
    private long lastCommit;

    Storage() {
        databases.put(SYSTEM, new StoredDatabase(nextId(), SYSTEM, Optional.empty()));
    }

    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes whoever waits for a collection or a transaction. */
    Condition released() {
        return released;
    }

    Map<String, StoredDatabase> databases() {
        return databases;
    }

    /** The database, or 1228. */
    StoredDatabase database(String name) {
        StoredDatabase found = databases.get(name);
        if (found == null) {
            throw Refusals.databaseNotFound(name);
        }
        return found;
    }

    Revisions revisions() {
        return revisions;
    }

    String nextId() {
        lastId++;
        return Long.toString(lastId);
    }

    long lastCommit() {
        return lastCommit;
    }

    long nextCommit() {
        lastCommit++;
        return lastCommit;
    }
}
