package dev.slipway.lineage.webhook;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.graph.Event;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Says events of the registry in MLflow's words. */
@Singleton
final class Tellings {
    /** The types of events that webhooks can be told of. */
    static final Set<String> TYPES = Set.of(
            "model.created",
            "model-version.registered",
            "model-version.tag-set",
            "model-version.tag-deleted",
            "model.alias-set",
            "model.alias-deleted");

    private static final Argument<Map<String, String>> BODY = Argument.mapOf(String.class, String.class);
    private static final String TAG = "tag:";
    private static final String PROMPT = "mlflow.prompt.is_prompt";
    private static final String PROMPT_TYPE = "_mlflow_prompt_type";
    private static final String PROMPT_TEXT = "mlflow.prompt.text";

    /** What is told, and under which name it is subscribed to. */
    record Told(WebhookEvent event, Map<String, Object> data) {}

    private final ObjectMapper json;

    Tellings(ObjectMapper json) {
        this.json = json;
    }

    /** Empty for an event that webhooks are not told of. */
    Optional<Told> of(Event event) {
        Map<String, String> body = body(event);
        return switch (event.event().type()) {
            case "model.created" -> Optional.of(created(body));
            case "model-version.registered" -> Optional.of(registered(body));
            case "model-version.tag-set" ->
                told(WebhookEvent.MODEL_VERSION_TAG_SET, body, "name", "version", "key", "value");
            case "model-version.tag-deleted" ->
                told(WebhookEvent.MODEL_VERSION_TAG_DELETED, body, "name", "version", "key");
            case "model.alias-set" -> told(WebhookEvent.MODEL_VERSION_ALIAS_CREATED, body, "name", "alias", "version");
            case "model.alias-deleted" -> told(WebhookEvent.MODEL_VERSION_ALIAS_DELETED, body, "name", "alias");
            default -> Optional.empty();
        };
    }

    private Map<String, String> body(Event event) {
        try {
            return json.readValue(event.event().body(), BODY);
        } catch (IOException e) {
            throw SlipwayException.internal(
                    "webhook.event", "The body of event " + event.position() + " can't be read.", e);
        }
    }

    private static Told created(Map<String, String> body) {
        Map<String, String> tags = tags(body);
        boolean prompt = isPrompt(tags);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", body.get("name"));
        data.put("tags", tags);
        data.put("description", body.getOrDefault("description", ""));
        return new Told(prompt ? WebhookEvent.PROMPT_CREATED : WebhookEvent.REGISTERED_MODEL_CREATED, data);
    }

    private static Told registered(Map<String, String> body) {
        Map<String, String> tags = tags(body);
        boolean prompt = isPrompt(tags);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", body.get("name"));
        data.put("version", body.get("number"));
        if (prompt) {
            data.put("template", tags.remove(PROMPT_TEXT));
        } else {
            data.put("source", body.getOrDefault("source", ""));
            data.put("run_id", body.get("run"));
        }
        data.put("tags", tags);
        data.put("description", body.get("description"));
        return new Told(prompt ? WebhookEvent.PROMPT_VERSION_CREATED : WebhookEvent.MODEL_VERSION_CREATED, data);
    }

    private static Optional<Told> told(WebhookEvent event, Map<String, String> body, String... fields) {
        Map<String, Object> data = new LinkedHashMap<>();
        for (String field : fields) {
            data.put(field, field.equals("version") ? body.get("number") : body.get(field));
        }
        return Optional.of(new Told(event, data));
    }

    private static Map<String, String> tags(Map<String, String> body) {
        Map<String, String> tags = new TreeMap<>();
        body.forEach((key, value) -> {
            if (key.startsWith(TAG)) {
                tags.put(key.substring(TAG.length()), value);
            }
        });
        return tags;
    }

    /** Prompts are told of without the tags that make them such. */
    private static boolean isPrompt(Map<String, String> tags) {
        boolean prompt = "true".equalsIgnoreCase(tags.get(PROMPT));
        if (prompt) {
            tags.keySet().removeAll(List.of(PROMPT, PROMPT_TYPE));
        }
        return prompt;
    }

    /** What a webhook is told when it is only tried. */
    static Map<String, Object> example(WebhookEvent event) {
        Map<String, Object> data = new LinkedHashMap<>();
        String name = event.entity().startsWith("PROMPT") ? "example_prompt" : "example_model";
        data.put("name", name);
        boolean created = event.action().equals("CREATED");
        boolean version = event.entity().contains("VERSION") && !event.label().equals("model_version_alias.deleted");
        putIf(data, event.entity().endsWith("ALIAS"), "alias", "example_alias");
        putIf(data, version || event == WebhookEvent.PROMPT_ALIAS_CREATED, "version", "1");
        putIf(data, event == WebhookEvent.MODEL_VERSION_CREATED, "source", "models:/123");
        putIf(data, event == WebhookEvent.MODEL_VERSION_CREATED, "run_id", "abcd1234abcd5678");
        putIf(data, event == WebhookEvent.PROMPT_VERSION_CREATED, "template", "Hello {{name}}!");
        boolean whole = created && !event.entity().endsWith("ALIAS");
        putIf(data, whole, "tags", Map.of("example_key", "example_value"));
        putIf(data, whole, "description", "An example");
        putIf(data, event.entity().endsWith("TAG"), "key", "example_key");
        putIf(data, event.action().equals("SET"), "value", "example_value");
        return data;
    }

    private static void putIf(Map<String, Object> data, boolean wanted, String key, @Nullable Object value) {
        if (wanted) {
            data.put(key, value);
        }
    }
}
