package dev.slipway.store.arangodb.fake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads and writes of one transaction, with the checks of the document API; used under the storage's lock. */
final class TransactionView implements CollectionsView {

    private final Storage storage;
    private final Transaction transaction;
    private final WriteLocks locks;
    private final Json json;

    TransactionView(Storage storage, Transaction transaction, WriteLocks locks, Json json) {
        this.storage = storage;
        this.transaction = transaction;
        this.locks = locks;
        this.json = json;
    }

    /** The collection as the database has it, or 1203. */
    StoredCollection collection(String name) {
        return transaction.database().collection(name);
    }

    @Override
    public List<Map<String, Object>> documents(String name) {
        StoredCollection collection = readable(name);
        Set<String> keys = new HashSet<>(collection.keys());
        keys.addAll(transaction.written(name).keySet());
        return visible(collection, keys);
    }

    @Override
    public List<Map<String, Object>> documentsWhere(String name, String attribute, Object value) {
        StoredCollection collection = readable(name);
        Object wanted = Values.indexed(value);
        Optional<List<String>> candidates = collection.candidates(attribute, value);
        List<Map<String, Object>> found =
                candidates.isPresent() ? visible(collection, candidates.get()) : new ArrayList<>(documents(name));
        found.removeIf(document -> !Objects.equals(Values.indexed(Values.at(document, attribute)), wanted));
        return found;
    }

    @Override
    public Optional<Map<String, Object>> document(String name, String key) {
        return visible(readable(name), key);
    }

    /** The document, or 1202. */
    Map<String, Object> existing(String name, String key) {
        return document(name, key).orElseThrow(() -> Refusals.documentNotFound(name, key));
    }

    @Override
    public Map<String, Object> insert(String name, Map<String, Object> document) {
        StoredCollection collection = writable(name);
        String key = document.containsKey("_key")
                ? DocumentRules.checkedKey(document.get("_key"))
                : storage.revisions().nextKey();
        locks.check(transaction, collection, key);
        if (visible(collection, key).isPresent()) {
            throw Refusals.keyTaken(key);
        }
        return write(collection, key, document);
    }

    @Override
    public Map<String, Object> update(String name, String key, Map<String, Object> patch) {
        return update(name, key, patch, WriteOptions.defaults());
    }

    Map<String, Object> update(String name, String key, Map<String, Object> patch, WriteOptions options) {
        StoredCollection collection = writable(name);
        Map<String, Object> old = changeable(collection, key, options.expectedRevision());
        return write(collection, key, Values.merged(old, patch, options.keepNull(), options.mergeObjects()));
    }

    @Override
    public Map<String, Object> replace(String name, String key, Map<String, Object> document) {
        return replace(name, key, document, Optional.empty());
    }

    Map<String, Object> replace(
            String name, String key, Map<String, Object> document, Optional<String> expectedRevision) {
        StoredCollection collection = writable(name);
        changeable(collection, key, expectedRevision);
        return write(collection, key, document);
    }

    @Override
    public Map<String, Object> remove(String name, String key) {
        return remove(name, key, Optional.empty());
    }

    Map<String, Object> remove(String name, String key, Optional<String> expectedRevision) {
        StoredCollection collection = writable(name);
        Map<String, Object> old = changeable(collection, key, expectedRevision);
        locks.take(transaction, name, key);
        transaction.put(name, key, Optional.empty(), 0);
        return old;
    }

    void checkWritable(String name) {
        writable(name);
    }

    private StoredCollection readable(String name) {
        StoredCollection collection = collection(name);
        transaction.checkRead(name);
        return collection;
    }

    private StoredCollection writable(String name) {
        StoredCollection collection = collection(name);
        transaction.checkWrite(name);
        return collection;
    }

    private List<Map<String, Object>> visible(StoredCollection collection, Iterable<String> keys) {
        List<Map<String, Object>> found = new ArrayList<>();
        keys.forEach(key -> visible(collection, key).ifPresent(found::add));
        return found;
    }

    private Optional<Map<String, Object>> visible(StoredCollection collection, String key) {
        Optional<Map<String, Object>> own =
                transaction.written(collection.name()).get(key);
        if (own != null) {
            return own;
        }
        // Collections that were not declared are added lazily and without isolation.
        long snapshot = transaction.declares(collection.name()) ? transaction.snapshot() : storage.lastCommit();
        return collection.read(key, snapshot);
    }

    private Map<String, Object> changeable(StoredCollection collection, String key, Optional<String> expectedRevision) {
        locks.check(transaction, collection, key);
        Map<String, Object> old =
                visible(collection, key).orElseThrow(() -> Refusals.documentNotFound(collection.name(), key));
        if (expectedRevision.isPresent() && !expectedRevision.get().equals(old.get("_rev"))) {
            throw Refusals.revisionMismatch(old);
        }
        return old;
    }

    private Map<String, Object> write(StoredCollection collection, String key, Map<String, Object> content) {
        if (collection.isEdges()) {
            DocumentRules.checkEdge(content);
        }
        Map<String, Object> document = stored(collection, key, content);
        collection.indexes().stream()
                .filter(StoredIndex::isEnforced)
                .forEach(index -> checkUnique(collection, index, key, document));
        transaction.put(collection.name(), key, Optional.of(document), json.size(document));
        locks.take(transaction, collection.name(), key);
        collection.note(key, document);
        return document;
    }

    private Map<String, Object> stored(StoredCollection collection, String key, Map<String, Object> content) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("_key", key);
        document.put("_id", collection.name() + "/" + key);
        if (collection.isEdges()) {
            document.put("_from", content.get("_from"));
            document.put("_to", content.get("_to"));
        }
        document.put("_rev", storage.revisions().next());
        content.forEach((name, value) -> {
            if (!DocumentRules.SYSTEM_ATTRIBUTES.contains(name)) {
                document.put(name, value);
            }
        });
        return Values.storedObject(document);
    }

    private void checkUnique(StoredCollection collection, StoredIndex index, String key, Map<String, Object> document) {
        Optional<List<Object>> entry = index.entryOf(document);
        if (entry.isEmpty()) {
            return;
        }
        for (String other : index.withEntry(entry.get())) {
            if (!other.equals(key)) {
                locks.checkEntry(transaction, collection, index, entry.get(), other);
                if (visible(collection, other).flatMap(index::entryOf).equals(entry)) {
                    throw Refusals.uniqueViolated(index.name(), index.fields(), other);
                }
            }
        }
    }
}
