package dev.slipway.store.arangodb.fake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /_api/database}. */
final class DatabasesArea implements Area {

    private static final String SYSTEM = "_system";

    private final Storage storage;
    private final Settings settings;
    private final Json json;

    DatabasesArea(Storage storage, Settings settings, Json json) {
        this.storage = storage;
        this.settings = settings;
        this.json = json;
    }

    @Override
    public Answer answer(Request request) {
        if (request.is("GET", 3) && request.segment(2).equals("current")) {
            return storage.locked(() -> Answer.result(200, describe(storage.database(request.database()))));
        }
        if (request.is("GET", 3) && request.segment(2).equals("user")) {
            return names();
        }
        if (!request.database().equals(SYSTEM)) {
            throw Refusals.onlyInSystemDatabase();
        }
        if (request.is("GET", 2)) {
            return names();
        }
        if (request.is("POST", 2)) {
            return create(request.object(json));
        }
        if (request.is("DELETE", 3)) {
            return drop(request.segment(2));
        }
        throw Area.unknown(request);
    }

    private Answer names() {
        List<String> names =
                storage.locked(() -> new ArrayList<>(storage.databases().keySet()));
        return Answer.result(200, names);
    }

    private Answer create(Map<String, Object> body) {
        if (!(body.get("name") instanceof String name) || !DocumentRules.isName(name, false)) {
            throw Refusals.databaseNameInvalid(String.valueOf(body.get("name")));
        }
        Optional<String> sharding = body.get("options") instanceof Map<?, ?> options
                ? Optional.ofNullable((String) options.get("sharding"))
                : Optional.empty();
        if (!Set.of("", "flexible", "single").contains(sharding.orElse(""))) {
            throw Refusals.badParameter("sharding: " + sharding.get());
        }
        storage.locked(() -> {
            if (storage.databases().containsKey(name)) {
                throw Refusals.duplicateName(name);
            }
            return storage.databases().put(name, new StoredDatabase(storage.nextId(), name, sharding));
        });
        return Answer.result(201, true);
    }

    private Answer drop(String name) {
        storage.locked(() -> {
            storage.database(name);
            if (name.equals(SYSTEM)) {
                throw new ArangoRefusal(403, 11, "forbidden");
            }
            return storage.databases().remove(name);
        });
        return Answer.result(200, true);
    }

    /** A single server tells nothing about sharding. */
    private Map<String, Object> describe(StoredDatabase database) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("id", database.id());
        description.put("name", database.name());
        description.put("isSystem", database.name().equals(SYSTEM));
        description.put("path", "");
        if (settings.role() != ServerRole.SINGLE) {
            description.put("sharding", database.sharding().orElse(settings.sharding()));
            description.put("replicationFactor", 1);
            description.put("writeConcern", 1);
        }
        return description;
    }
}
