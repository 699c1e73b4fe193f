package dev.slipway.store.arangodb.fake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A collection with all versions of its documents that an open snapshot may need; used under the storage's lock. */
final class StoredCollection {

    private static final int EDGES = 3;

    private final String id;
    private final String name;
    private final int type;
    private final Map<String, Object> properties;
    private final Map<String, Version> newest = new HashMap<>();
    private final Map<String, StoredIndex> indexes = new LinkedHashMap<>();

    StoredCollection(String id, String name, int type, Map<String, Object> properties) {
        this.id = id;
        this.name = name;
        this.type = type;
        this.properties = new LinkedHashMap<>(properties);
        add(StoredIndex.primary());
        if (isEdges()) {
            add(StoredIndex.edge("_from", "1"));
            add(StoredIndex.edge("_to", "2"));
        }
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    int type() {
        return type;
    }

    boolean isEdges() {
        return type == EDGES;
    }

    Map<String, Object> properties() {
        return properties;
    }

    boolean waitsForSync() {
        return Boolean.TRUE.equals(properties.get("waitForSync"));
    }

    /** Every key that some version has. */
    Set<String> keys() {
        return newest.keySet();
    }

    /** The document as of a commit, or nothing. */
    Optional<Map<String, Object>> read(String key, long snapshot) {
        for (Version version = newest.get(key); version != null; version = version.older) {
            if (version.commit <= snapshot) {
                return version.document;
            }
        }
        return Optional.empty();
    }

    /** The number of the commit that last wrote this key, 0 for none. */
    long lastCommit(String key) {
        Version version = newest.get(key);
        return version == null ? 0 : version.commit;
    }

    /** Adds a version and forgets those that no snapshot from {@code oldestSnapshot} on can see. */
    void commit(String key, Optional<Map<String, Object>> document, long commit, long oldestSnapshot) {
        Version version = new Version(commit, document, newest.get(key));
        newest.put(key, version);
        Version kept = version;
        while (kept.older != null && kept.commit > oldestSnapshot) {
            kept = kept.older;
        }
        kept.older = null;
        if (version.older == null && document.isEmpty()) {
            newest.remove(key);
        }
    }

    Collection<StoredIndex> indexes() {
        return indexes.values();
    }

    Optional<StoredIndex> index(String indexId) {
        return Optional.ofNullable(indexes.get(indexId));
    }

    void add(StoredIndex index) {
        indexes.put(index.id(), index);
        newest.forEach((key, version) -> version.document.ifPresent(document -> index.note(key, document)));
    }

    void remove(StoredIndex index) {
        indexes.remove(index.id());
    }

    /** Tells all indexes that this key may now be found with the document's values. */
    void note(String key, Map<String, Object> document) {
        indexes.values().forEach(index -> index.note(key, document));
    }

    /** Keys that may have this value, a superset, or nothing when no index begins with the attribute. */
    Optional<List<String>> candidates(String attribute, Object value) {
        return indexes.values().stream()
                .filter(index -> index.beginsWith(attribute))
                .findFirst()
                .map(index -> new ArrayList<>(index.startingWith(value)));
    }

    private static final class Version {
        private final long commit;
        private final Optional<Map<String, Object>> document;
        private Version older;

        Version(long commit, Optional<Map<String, Object>> document, Version older) {
            this.commit = commit;
            this.document = document;
            this.older = older;
        }
    }
}
