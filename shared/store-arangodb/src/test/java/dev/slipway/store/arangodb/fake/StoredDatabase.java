package dev.slipway.store.arangodb.fake;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A database: its collections and its named graphs; used under the storage's lock. */
final class StoredDatabase {

    private final String id;
    private final String name;
    private final Optional<String> sharding;
    private final Map<String, StoredCollection> collections = new TreeMap<>();
    private final Map<String, Map<String, Object>> graphs = new TreeMap<>();

    StoredDatabase(String id, String name, Optional<String> sharding) {
        this.id = id;
        this.name = name;
        this.sharding = sharding;
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    /** What it was created with, if that was said. */
    Optional<String> sharding() {
        return sharding;
    }

    Map<String, StoredCollection> collections() {
        return collections;
    }

    /** The collection, or 1203. */
    StoredCollection collection(String collection) {
        StoredCollection found = collections.get(collection);
        if (found == null) {
            throw Refusals.collectionNotFound(collection);
        }
        return found;
    }

    /** Graph definitions by name, as the API tells them. */
    Map<String, Map<String, Object>> graphs() {
        return graphs;
    }
}
