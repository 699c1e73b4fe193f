package dev.slipway.store.arangodb.fake;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which open transaction has written which document: a second one that tries is in conflict at once (1200). */
final class WriteLocks {

    private final Map<List<String>, Transaction> holders = new HashMap<>();

    /** Refuses a key that another open transaction has written, or that was committed after this one's snapshot. */
    void check(Transaction transaction, StoredCollection collection, String key) {
        Transaction holder = holder(transaction, collection, key);
        if ((holder != null && holder != transaction) || collection.lastCommit(key) > transaction.snapshot()) {
            throw Refusals.writeConflict(collection.name(), key);
        }
    }

    /** Refuses a unique index entry that another open transaction has taken or given up, or a later commit took. */
    void checkEntry(
            Transaction transaction,
            StoredCollection collection,
            StoredIndex index,
            List<Object> entry,
            String otherKey) {
        Transaction holder = holder(transaction, collection, otherKey);
        boolean contested = holder != null
                && holder != transaction
                && (has(index, entry, holder.written(collection.name()).get(otherKey))
                        || has(index, entry, collection.read(otherKey, Long.MAX_VALUE)));
        boolean takenSince = holder != transaction
                && collection.lastCommit(otherKey) > transaction.snapshot()
                && has(index, entry, collection.read(otherKey, Long.MAX_VALUE));
        if (contested || takenSince) {
            throw Refusals.writeConflict(collection.name(), otherKey);
        }
    }

    void take(Transaction transaction, String collection, String key) {
        holders.put(List.of(transaction.database().name(), collection, key), transaction);
    }

    void releaseAll(Transaction transaction) {
        holders.values().removeIf(holder -> holder == transaction);
    }

    private Transaction holder(Transaction transaction, StoredCollection collection, String key) {
        return holders.get(List.of(transaction.database().name(), collection.name(), key));
    }

    private static boolean has(StoredIndex index, List<Object> entry, Optional<Map<String, Object>> document) {
        return document.flatMap(index::entryOf).filter(entry::equals).isPresent();
    }
}
