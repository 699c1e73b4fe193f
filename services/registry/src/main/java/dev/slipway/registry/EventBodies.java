package dev.slipway.registry;

import dev.slipway.api.registry.Model;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.ModelId;
import io.micronaut.core.annotation.Nullable;
import java.util.HashMap;
import java.util.Map;

/** What the registry's events tell: enough for a reader to pass them on without asking what has become of the thing since. */
final class EventBodies {
    /** Stands before the key of each tag. */
    private static final String TAG = "tag:";

    private EventBodies() {}

    static Map<String, String> created(Model model, Map<String, String> tags) {
        Map<String, String> body = new HashMap<>();
        body.put("name", model.name());
        put(body, "description", model.description());
        putTags(body, tags);
        return body;
    }

    static Map<String, String> registered(Entity<ModelId, Model> model, int number, NewVersion version) {
        Map<String, String> body = of(model, number);
        put(body, "description", version.details().description());
        put(body, "source", version.details().source());
        put(body, "run", version.details().runId());
        putTags(body, version.tags());
        return body;
    }

    /** Of a model, as it is called now. */
    static Map<String, String> of(Entity<ModelId, Model> model) {
        Map<String, String> body = new HashMap<>();
        body.put("model", model.id().value());
        body.put("name", model.body().name());
        return body;
    }

    /** Of a version of a model. */
    static Map<String, String> of(Entity<ModelId, Model> model, int number) {
        Map<String, String> body = of(model);
        body.put("number", String.valueOf(number));
        return body;
    }

    /** The same with one more field. */
    static Map<String, String> with(Map<String, String> body, String key, @Nullable String value) {
        put(body, key, value);
        return body;
    }

    private static void putTags(Map<String, String> body, Map<String, String> tags) {
        tags.forEach((key, value) -> body.put(TAG + key, value));
    }

    private static void put(Map<String, String> body, String key, @Nullable String value) {
        if (value != null) {
            body.put(key, value);
        }
    }
}
