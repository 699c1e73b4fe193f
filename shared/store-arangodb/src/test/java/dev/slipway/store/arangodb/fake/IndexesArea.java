package dev.slipway.store.arangodb.fake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /_api/index}: persistent and TTL indexes; nothing expires, as the server too may take its time with that. */
final class IndexesArea implements Area {

    private static final int MOST_STORED_VALUES = 32;

    private final Storage storage;
    private final Transactions transactions;
    private final Json json;

    IndexesArea(Storage storage, Transactions transactions, Json json) {
        this.storage = storage;
        this.transactions = transactions;
        this.json = json;
    }

    @Override
    public Answer answer(Request request) {
        if (request.is("GET", 2)) {
            return list(request);
        }
        if (request.is("POST", 2)) {
            return ensure(request);
        }
        if (request.is("GET", 4)) {
            return storage.locked(() -> Answer.success(200, find(request).description(request.segment(2))));
        }
        if (request.is("DELETE", 4)) {
            return drop(request);
        }
        throw Area.unknown(request);
    }

    private Answer list(Request request) {
        String name = request.required("collection");
        return storage.locked(() -> {
            List<Object> all = new ArrayList<>();
            Map<String, Object> identifiers = new LinkedHashMap<>();
            collection(request, name).indexes().forEach(index -> {
                Map<String, Object> description = index.description(name);
                all.add(description);
                identifiers.put((String) description.get("id"), description);
            });
            return Answer.success(200, Map.of("indexes", all, "identifiers", identifiers));
        });
    }

    private Answer ensure(Request request) {
        String name = request.required("collection");
        Map<String, Object> body = request.object(json);
        return storage.locked(() -> {
            StoredCollection collection = collection(request, name);
            StoredIndex wanted = parse(body);
            for (StoredIndex existing : collection.indexes()) {
                if (existing.sameAs(wanted)) {
                    return described(200, existing, name, false);
                }
                if (existing.name().equals(wanted.name())) {
                    throw Refusals.duplicateName("an index has the name " + wanted.name() + " already");
                }
                if (wanted.type().equals("ttl") && existing.type().equals("ttl")) {
                    throw Refusals.badParameter("there can only be one ttl index per collection");
                }
            }
            if (wanted.isEnforced()) {
                checkHolds(request, name, wanted);
            }
            collection.add(wanted);
            return described(201, wanted, name, true);
        });
    }

    private static Answer described(int status, StoredIndex index, String collection, boolean isNew) {
        Map<String, Object> description = index.description(collection);
        description.put("isNewlyCreated", isNew);
        return Answer.success(status, description);
    }

    private StoredIndex parse(Map<String, Object> body) {
        String type = String.valueOf(body.get("type"));
        List<String> fields = fields(body.get("fields"));
        Map<String, Object> options = new LinkedHashMap<>();
        switch (type) {
            case "persistent", "hash", "skiplist" -> {
                options.put("deduplicate", body.getOrDefault("deduplicate", true));
                options.put("estimates", body.getOrDefault("estimates", true));
                options.put("cacheEnabled", body.getOrDefault("cacheEnabled", false));
                storedValues(body, fields, options);
            }
            case "ttl" -> {
                if (fields.size() != 1) {
                    throw Refusals.badParameter("a ttl index has exactly one field");
                }
                if (!(body.get("expireAfter") instanceof Number seconds) || seconds.doubleValue() < 0) {
                    throw Refusals.badParameter("expireAfter attribute must be a number of at least 0");
                }
                options.put("expireAfter", seconds);
            }
            default -> throw Refusals.notInTheDouble("an index of type " + type);
        }
        String id = storage.nextId();
        boolean ttl = type.equals("ttl");
        return new StoredIndex(
                id,
                ttl ? "ttl" : "persistent",
                name(body, id),
                fields,
                !ttl && Boolean.TRUE.equals(body.get("unique")),
                ttl || Boolean.TRUE.equals(body.get("sparse")),
                options);
    }

    private static String name(Map<String, Object> body, String id) {
        Object name = body.get("name");
        if (name == null) {
            return "idx_" + id;
        }
        if (name instanceof String text && DocumentRules.isName(text, false)) {
            return text;
        }
        throw Refusals.illegalName(String.valueOf(name));
    }

    private static List<String> fields(Object fields) {
        if (!(fields instanceof List<?> list) || list.isEmpty() || new HashSet<>(list).size() != list.size()) {
            throw Refusals.badParameter("fields must be a list of different attribute paths");
        }
        List<String> paths = new ArrayList<>();
        for (Object path : list) {
            if (!(path instanceof String text) || text.isEmpty() || text.equals("_id") || text.endsWith("._id")) {
                throw Refusals.badParameter("attribute cannot be indexed: " + path);
            }
            if (text.contains("[*]")) {
                throw Refusals.notInTheDouble("an index over an array's elements: " + text);
            }
            paths.add(text);
        }
        return paths;
    }

    private static void storedValues(Map<String, Object> body, List<String> fields, Map<String, Object> options) {
        if (!body.containsKey("storedValues")) {
            return;
        }
        if (!(body.get("storedValues") instanceof List<?> list)
                || list.size() > MOST_STORED_VALUES
                || list.stream().anyMatch(fields::contains)
                || list.contains("_id")) {
            throw Refusals.badParameter("storedValues must be a list of up to 32 paths that are not in fields");
        }
        options.put("storedValues", list);
    }

    /** The documents that there are must not violate the index. */
    private void checkHolds(Request request, String name, StoredIndex index) {
        Set<List<Object>> seen = new HashSet<>();
        transactions.in(request.database(), Optional.empty(), Set.of(), view -> {
            view.documents(name).forEach(document -> index.entryOf(document).ifPresent(entry -> {
                if (!seen.add(entry)) {
                    throw new ArangoRefusal(400, 1210, "unique constraint violated - in index " + index.name());
                }
            }));
            return null;
        });
    }

    private Answer drop(Request request) {
        return storage.locked(() -> {
            StoredIndex index = find(request);
            if (index.type().equals("primary") || index.type().equals("edge")) {
                throw new ArangoRefusal(403, 11, "forbidden");
            }
            collection(request, request.segment(2)).remove(index);
            return Answer.success(200, Map.of("id", request.segment(2) + "/" + index.id()));
        });
    }

    private StoredIndex find(Request request) {
        String wanted = request.segment(3);
        return collection(request, request.segment(2)).indexes().stream()
                .filter(index -> index.id().equals(wanted) || index.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> Refusals.indexNotFound(wanted));
    }

    private StoredCollection collection(Request request, String name) {
        return storage.database(request.database()).collection(name);
    }
}
