package dev.slipway.store.arangodb.fake;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Results that were not given in one batch; used under the storage's lock. */
final class Cursors {

    private final Storage storage;
    private final Map<String, Cursor> open = new HashMap<>();

    Cursors(Storage storage) {
        this.storage = storage;
    }

    /** What a client asks of the result. */
    record Delivery(int batchSize, boolean count, boolean allowRetry, Duration timeToLive) {}

    /** The first batch; the cursor stays only if something is left, or the last batch may be asked for again. */
    Answer open(String database, List<Object> result, Delivery delivery, Optional<Transaction> transaction) {
        return storage.locked(() -> {
            expire();
            Cursor cursor = new Cursor(storage.nextId(), database, result, delivery, transaction);
            Map<String, Object> batch = cursor.next();
            if (!cursor.isDone()) {
                keep(cursor);
            }
            return Answer.success(201, batch);
        });
    }

    Answer next(String database, String id) {
        return storage.locked(() -> {
            Cursor cursor = find(database, id);
            if (cursor.allRead()) {
                throw Refusals.cursorNotFound();
            }
            return delivered(cursor, cursor.next());
        });
    }

    /** The batch with this number: the next one, or with retries allowed the last one once more. */
    Answer batch(String database, String id, String batchId) {
        return storage.locked(() -> {
            Cursor cursor = find(database, id);
            return delivered(cursor, cursor.batch(batchId));
        });
    }

    Answer close(String database, String id) {
        return storage.locked(() -> {
            drop(find(database, id));
            return Answer.success(202, Map.of("id", id));
        });
    }

    /** A transaction that ends takes its cursors with it. */
    void dropOf(Transaction transaction) {
        storage.locked(() -> open.values()
                .removeIf(cursor ->
                        cursor.transaction.filter(own -> own == transaction).isPresent()));
    }

    int open() {
        return storage.locked(() -> {
            expire();
            return open.size();
        });
    }

    private Answer delivered(Cursor cursor, Map<String, Object> batch) {
        if (cursor.allRead()) {
            cursor.transaction.ifPresent(own -> own.openCursors().remove(cursor.id));
        }
        if (cursor.isDone()) {
            drop(cursor);
        }
        return Answer.success(200, batch);
    }

    private void keep(Cursor cursor) {
        open.put(cursor.id, cursor);
        if (!cursor.allRead()) {
            cursor.transaction.ifPresent(own -> own.openCursors().add(cursor.id));
        }
    }

    private void drop(Cursor cursor) {
        open.remove(cursor.id);
        cursor.transaction.ifPresent(own -> own.openCursors().remove(cursor.id));
    }

    private Cursor find(String database, String id) {
        expire();
        Cursor found = open.get(id);
        if (found == null || !found.database.equals(database)) {
            throw Refusals.cursorNotFound();
        }
        return found;
    }

    private void expire() {
        long now = System.nanoTime();
        List.copyOf(open.values()).stream()
                .filter(cursor -> cursor.expired(now))
                .forEach(this::drop);
    }

    private static final class Cursor {
        private final String id;
        private final String database;
        private final List<Object> result;
        private final Delivery delivery;
        private final Optional<Transaction> transaction;
        private long lastUsed = System.nanoTime();
        private int position;
        private int lastPosition;
        private long batchNumber;

        Cursor(String id, String database, List<Object> result, Delivery delivery, Optional<Transaction> transaction) {
            this.id = id;
            this.database = database;
            this.result = result;
            this.delivery = delivery;
            this.transaction = transaction;
        }

        boolean allRead() {
            return position >= result.size();
        }

        /** With retries allowed the last batch stays until the client deletes the cursor, or it expires. */
        boolean isDone() {
            return allRead() && (!delivery.allowRetry() || batchNumber == 1);
        }

        boolean expired(long now) {
            return now - lastUsed > delivery.timeToLive().toNanos();
        }

        Map<String, Object> next() {
            lastPosition = position;
            position = Math.min(result.size(), position + delivery.batchSize());
            batchNumber++;
            return describe();
        }

        Map<String, Object> batch(String wanted) {
            if (delivery.allowRetry() && wanted.equals(Long.toString(batchNumber))) {
                lastUsed = System.nanoTime();
                return describe();
            }
            if (!wanted.equals(Long.toString(batchNumber + 1)) || allRead()) {
                throw Refusals.cursorNotFound();
            }
            return next();
        }

        private Map<String, Object> describe() {
            lastUsed = System.nanoTime();
            Map<String, Object> batch = new LinkedHashMap<>();
            batch.put("result", result.subList(lastPosition, position));
            batch.put("hasMore", !allRead());
            batch.put("cached", false);
            if (!allRead() || batchNumber > 1) {
                batch.put("id", id);
            }
            if (!allRead()) {
                batch.put("nextBatchId", Long.toString(batchNumber + 1));
            }
            if (delivery.count()) {
                batch.put("count", result.size());
            }
            batch.put("extra", Map.of("warnings", List.of(), "stats", Map.of()));
            return batch;
        }
    }
}
