package dev.slipway.store.arangodb.fake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An index as its definition and the keys that were ever seen with a value. Entries are never taken away, so whoever
 * asks checks the document too; that keeps it right for every snapshot. Used under the storage's lock.
 */
final class StoredIndex {

    private final String id;
    private final String type;
    private final String name;
    private final List<String> fields;
    private final boolean unique;
    private final boolean sparse;
    private final Map<String, Object> options;
    private final Map<List<Object>, Set<String>> byValues = new HashMap<>();
    private final Map<Object, Set<String>> byFirst = new HashMap<>();

    StoredIndex(
            String id,
            String type,
            String name,
            List<String> fields,
            boolean unique,
            boolean sparse,
            Map<String, Object> options) {
        this.id = id;
        this.type = type;
        this.name = name;
        this.fields = List.copyOf(fields);
        this.unique = unique;
        this.sparse = sparse;
        this.options = new LinkedHashMap<>(options);
    }

    static StoredIndex primary() {
        return new StoredIndex("0", "primary", "primary", List.of("_key"), true, false, Map.of());
    }

    static StoredIndex edge(String field, String id) {
        return new StoredIndex(id, "edge", "edge" + field, List.of(field), false, false, Map.of());
    }

    String id() {
        return id;
    }

    String type() {
        return type;
    }

    String name() {
        return name;
    }

    List<String> fields() {
        return fields;
    }

    boolean sameAs(StoredIndex other) {
        return type.equals(other.type)
                && fields.equals(other.fields)
                && unique == other.unique
                && sparse == other.sparse;
    }

    /** What the API tells of it. */
    Map<String, Object> description(String collection) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("id", collection + "/" + id);
        description.put("type", type);
        description.put("name", name);
        description.put("fields", fields);
        description.put("unique", unique);
        description.put("sparse", sparse);
        description.put("selectivityEstimate", 1.0);
        description.putAll(options);
        return description;
    }

    boolean isEnforced() {
        return unique && !"primary".equals(type);
    }

    boolean beginsWith(String attribute) {
        return fields.get(0).equals(attribute) && !sparse;
    }

    /** The document's entry, or nothing when a sparse index leaves it out. */
    Optional<List<Object>> entryOf(Map<String, Object> document) {
        List<Object> values = new ArrayList<>();
        for (String field : fields) {
            Object value = Values.indexed(Values.at(document, field));
            if (value == null && sparse) {
                return Optional.empty();
            }
            values.add(value);
        }
        return Optional.of(values);
    }

    void note(String key, Map<String, Object> document) {
        byFirst.computeIfAbsent(Values.indexed(Values.at(document, fields.get(0))), unused -> new LinkedHashSet<>())
                .add(key);
        if (isEnforced()) {
            entryOf(document).ifPresent(entry -> byValues.computeIfAbsent(entry, unused -> new LinkedHashSet<>())
                    .add(key));
        }
    }

    Collection<String> withEntry(List<Object> entry) {
        return byValues.getOrDefault(entry, Set.of());
    }

    Collection<String> startingWith(Object value) {
        return byFirst.getOrDefault(Values.indexed(value), Set.of());
    }
}
