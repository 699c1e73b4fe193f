package dev.slipway.store.arangodb.fake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /_api/collection}. */
final class CollectionsArea implements Area {

    private static final long DOCUMENTS = 2;
    private static final long EDGES = 3;

    private final Storage storage;
    private final Transactions transactions;
    private final Json json;

    CollectionsArea(Storage storage, Transactions transactions, Json json) {
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
            return storage.locked(() -> create(storage.database(request.database()), request.object(json)));
        }
        if (request.is("GET", 3)) {
            return storage.locked(() -> Answer.success(200, describe(collection(request))));
        }
        if (request.is("DELETE", 3)) {
            return drop(request);
        }
        if (request.length() == 4) {
            return detail(request);
        }
        throw Area.unknown(request);
    }

    private Answer detail(Request request) {
        String name = request.segment(2);
        return switch (request.method() + " " + request.segment(3)) {
            case "GET properties" -> storage.locked(() -> Answer.success(200, describe(collection(request))));
            case "PUT properties" -> storage.locked(() -> changeProperties(request));
            case "GET count" -> count(request, name);
            case "PUT truncate" -> truncate(request, name);
            default -> throw Area.unknown(request);
        };
    }

    private Answer list(Request request) {
        return storage.locked(() -> {
            List<Object> all = new ArrayList<>();
            storage.database(request.database()).collections().values().forEach(one -> all.add(describe(one)));
            return Answer.result(200, all);
        });
    }

    private Answer create(StoredDatabase database, Map<String, Object> body) {
        if (!(body.get("name") instanceof String name)
                || !DocumentRules.isName(name, Boolean.TRUE.equals(body.get("isSystem")))) {
            throw Refusals.illegalName(String.valueOf(body.get("name")));
        }
        Object type = body.getOrDefault("type", DOCUMENTS);
        if (!type.equals(DOCUMENTS) && !type.equals(EDGES)) {
            throw Refusals.collectionTypeInvalid(String.valueOf(type));
        }
        return Answer.success(200, describe(create(database, name, ((Long) type).intValue(), body)));
    }

    /** Makes a collection under the storage's lock, also for a graph. */
    StoredCollection create(StoredDatabase database, String name, int type, Map<String, Object> properties) {
        if (database.collections().containsKey(name)) {
            throw Refusals.duplicateName(name);
        }
        StoredCollection created = new StoredCollection(storage.nextId(), name, type, properties);
        database.collections().put(name, created);
        return created;
    }

    private Answer changeProperties(Request request) {
        Map<String, Object> body = request.object(json);
        StoredCollection changed = collection(request);
        if (body.get("waitForSync") instanceof Boolean wait) {
            changed.properties().put("waitForSync", wait);
        }
        return Answer.success(200, describe(changed));
    }

    private Answer count(Request request, String name) {
        int count = transactions.in(request.database(), request.transaction(), Set.of(), view -> view.documents(name)
                .size());
        Map<String, Object> description = storage.locked(() -> describe(collection(request)));
        description.put("count", count);
        return Answer.success(200, description);
    }

    private Answer truncate(Request request, String name) {
        transactions.in(request.database(), request.transaction(), Set.of(name), view -> {
            view.checkWritable(name);
            view.documents(name).forEach(document -> view.remove(name, (String) document.get("_key")));
            return null;
        });
        return storage.locked(() -> Answer.success(200, describe(collection(request))));
    }

    private Answer drop(Request request) {
        return storage.locked(() -> {
            StoredDatabase database = storage.database(request.database());
            StoredCollection dropped = collection(request);
            transactions.awaitExclusive(database, dropped.name());
            if (GraphDefinitions.uses(database.graphs().values(), dropped.name())) {
                throw Refusals.graph(403, 1942, "must not drop collection while part of graph");
            }
            database.collections().remove(dropped.name());
            return Answer.success(200, Map.of("id", dropped.id()));
        });
    }

    private StoredCollection collection(Request request) {
        return storage.database(request.database()).collection(request.segment(2));
    }

    private static Map<String, Object> describe(StoredCollection collection) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("id", collection.id());
        description.put("globallyUniqueId", "h" + collection.id() + "/" + collection.id());
        description.put("name", collection.name());
        description.put("type", collection.type());
        description.put("status", 3);
        description.put("statusString", "loaded");
        description.put("isSystem", collection.name().startsWith("_"));
        description.put("waitForSync", collection.waitsForSync());
        description.put("keyOptions", Map.of("type", "traditional", "allowUserKeys", true));
        return description;
    }
}
