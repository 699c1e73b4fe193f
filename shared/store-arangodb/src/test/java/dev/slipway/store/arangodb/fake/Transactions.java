package dev.slipway.store.arangodb.fake;

import dev.slipway.store.arangodb.fake.Transaction.Access;
import dev.slipway.store.arangodb.fake.Transaction.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Begins, remembers and ends transactions; a single operation is one of its own. */
final class Transactions {

    /** How long commit and abort wait for a request that still uses the transaction. */
    private static final Duration END_PATIENCE = Duration.ofSeconds(8);

    private final Storage storage;
    private final Settings settings;
    private final Json json;
    private final Waiting waiting;
    private final CollectionLocks collectionLocks;
    private final WriteLocks locks = new WriteLocks();
    private final Map<String, Transaction> known = new LinkedHashMap<>();
    private final Map<String, Transaction> running = new LinkedHashMap<>();

    Transactions(Storage storage, Settings settings, Json json) {
        this.storage = storage;
        this.settings = settings;
        this.json = json;
        this.waiting = new Waiting(storage);
        this.collectionLocks = new CollectionLocks(waiting, this::runningNow);
    }

    int open() {
        return storage.locked(() -> {
            expireIdle();
            return (int) running.values().stream().filter(this::isStream).count();
        });
    }

    Transaction begin(String databaseName, Declaration declaration) {
        return storage.locked(() -> {
            StoredDatabase database = storage.database(databaseName);
            declaration.collections().keySet().forEach(database::collection);
            collectionLocks.await(database, declaration.collections(), declaration.lockTimeout());
            Transaction begun = start(
                    storage.nextId(),
                    database,
                    declaration.collections(),
                    declaration.implicitReads(),
                    declaration.sizeLimit());
            known.put(begun.id(), begun);
            return begun;
        });
    }

    /** Reserves a stream transaction for one request; refused when another uses it or a cursor of it is unfinished. */
    Transaction lease(String databaseName, String id, Optional<String> ownCursor) {
        return storage.locked(() -> {
            Transaction found = find(databaseName, id);
            if (found.status() == Status.ABORTED) {
                throw Refusals.transactionAborted(id, found.expired());
            }
            if (found.status() == Status.COMMITTED) {
                throw Refusals.disallowed("transaction '" + id + "' has already been committed");
            }
            boolean blockedByCursor = !found.openCursors().isEmpty()
                    && !ownCursor.map(found.openCursors()::contains).orElse(false);
            if (found.inUse() || blockedByCursor) {
                throw Refusals.locked(id);
            }
            found.use(true);
            return found;
        });
    }

    void release(Transaction transaction) {
        storage.locked(() -> {
            transaction.use(false);
            storage.released().signalAll();
            return null;
        });
    }

    Transaction status(String databaseName, String id) {
        return storage.locked(() -> find(databaseName, id));
    }

    /**
     * Ends a stream transaction; the same end twice is no error. To abort one that nobody knows is refused the first time
     * and then remembered, as documented.
     */
    Transaction end(String databaseName, String id, Status with) {
        return storage.locked(() -> {
            expireIdle();
            if (with == Status.ABORTED && !known.containsKey(id)) {
                rememberAborted(storage.database(databaseName), id);
                throw Refusals.transactionNotFound(id);
            }
            Transaction found = find(databaseName, id);
            awaitUnused(found);
            if (found.status() == Status.RUNNING) {
                end(found, with, false);
            } else if (found.status() != with) {
                throw Refusals.disallowed("transaction was already "
                        + (found.expired() ? "expired" : found.status().name().toLowerCase(Locale.ROOT)));
            }
            return found;
        });
    }

    /** The transactions of a database that are running. */
    List<Transaction> running(String databaseName) {
        return storage.locked(() -> {
            expireIdle();
            return running.values().stream()
                    .filter(this::isStream)
                    .filter(transaction -> transaction.database().name().equals(databaseName))
                    .toList();
        });
    }

    /** Does one operation in the leased transaction, or else in one of its own that ends with it. */
    <T> T in(
            String databaseName,
            Optional<Transaction> leased,
            Collection<String> writes,
            Function<TransactionView, T> operation) {
        return storage.locked(() -> {
            if (leased.isPresent()) {
                return operation.apply(view(leased.get()));
            }
            return alone(storage.database(databaseName), writes, operation);
        });
    }

    /** Waits until no open transaction writes the collection, as dropping it does. */
    void awaitExclusive(StoredDatabase database, String collection) {
        collectionLocks.await(database, Map.of(collection, Access.EXCLUSIVE), Declaration.DEFAULT_LOCK_TIMEOUT);
    }

    private <T> T alone(StoredDatabase database, Collection<String> writes, Function<TransactionView, T> operation) {
        Map<String, Access> declared = new TreeMap<>();
        writes.forEach(name -> declared.put(name, Access.WRITE));
        collectionLocks.await(database, declared, Declaration.DEFAULT_LOCK_TIMEOUT);
        Transaction own = start(storage.nextId(), database, declared, true, Long.MAX_VALUE);
        boolean done = false;
        try {
            T result = operation.apply(view(own));
            done = true;
            return result;
        } finally {
            end(own, done ? Status.COMMITTED : Status.ABORTED, false);
        }
    }

    private TransactionView view(Transaction transaction) {
        return new TransactionView(storage, transaction, locks, json);
    }

    private Transaction start(
            String id, StoredDatabase database, Map<String, Access> declared, boolean implicitReads, long sizeLimit) {
        Transaction started = new Transaction(id, database, declared, implicitReads, storage.lastCommit(), sizeLimit);
        running.put(id, started);
        return started;
    }

    private boolean isStream(Transaction transaction) {
        return known.containsKey(transaction.id());
    }

    private Transaction find(String databaseName, String id) {
        storage.database(databaseName);
        expireIdle();
        Transaction found = known.get(id);
        if (found == null || !found.database().name().equals(databaseName)) {
            throw Refusals.transactionNotFound(id);
        }
        return found;
    }

    private void rememberAborted(StoredDatabase database, String id) {
        Transaction never = new Transaction(id, database, Map.of(), true, 0, 0);
        never.end(Status.ABORTED, false);
        known.put(id, never);
    }

    private void end(Transaction transaction, Status with, boolean byTimeout) {
        running.remove(transaction.id());
        if (with == Status.COMMITTED && !transaction.written().isEmpty()) {
            commit(transaction);
        }
        locks.releaseAll(transaction);
        transaction.end(with, byTimeout);
        storage.released().signalAll();
    }

    private void commit(Transaction transaction) {
        long commit = storage.nextCommit();
        long oldestSnapshot =
                running.values().stream().mapToLong(Transaction::snapshot).min().orElse(commit);
        transaction.written().forEach((name, documents) -> {
            StoredCollection collection = transaction.database().collections().get(name);
            // A collection that was dropped meanwhile takes its documents with it.
            if (collection != null) {
                documents.forEach((key, document) -> collection.commit(key, document, commit, oldestSnapshot));
            }
        });
    }

    private Collection<Transaction> runningNow() {
        expireIdle();
        return running.values();
    }

    private void expireIdle() {
        long limit = settings.transactionIdleLimit().toNanos();
        long now = System.nanoTime();
        List<Transaction> idle = new ArrayList<>(running.values());
        idle.removeIf(
                transaction -> !isStream(transaction) || transaction.inUse() || now - transaction.lastUsed() < limit);
        idle.forEach(transaction -> end(transaction, Status.ABORTED, true));
    }

    private void awaitUnused(Transaction transaction) {
        if (!waiting.until(() -> !transaction.inUse(), END_PATIENCE)) {
            throw Refusals.locked(transaction.id());
        }
    }
}
