package dev.slipway.lineage.webhook;

import dev.slipway.kernel.SlipwayException;
import java.util.Arrays;
import java.util.Locale;

/** What a webhook may be told of. The names and pairs are MLflow's. */
enum WebhookEvent {
    REGISTERED_MODEL_CREATED("REGISTERED_MODEL", "CREATED"),
    MODEL_VERSION_CREATED("MODEL_VERSION", "CREATED"),
    MODEL_VERSION_TAG_SET("MODEL_VERSION_TAG", "SET"),
    MODEL_VERSION_TAG_DELETED("MODEL_VERSION_TAG", "DELETED"),
    MODEL_VERSION_ALIAS_CREATED("MODEL_VERSION_ALIAS", "CREATED"),
    MODEL_VERSION_ALIAS_DELETED("MODEL_VERSION_ALIAS", "DELETED"),
    PROMPT_CREATED("PROMPT", "CREATED"),
    PROMPT_VERSION_CREATED("PROMPT_VERSION", "CREATED"),
    PROMPT_TAG_SET("PROMPT_TAG", "SET"),
    PROMPT_TAG_DELETED("PROMPT_TAG", "DELETED"),
    PROMPT_VERSION_TAG_SET("PROMPT_VERSION_TAG", "SET"),
    PROMPT_VERSION_TAG_DELETED("PROMPT_VERSION_TAG", "DELETED"),
    PROMPT_ALIAS_CREATED("PROMPT_ALIAS", "CREATED"),
    PROMPT_ALIAS_DELETED("PROMPT_ALIAS", "DELETED"),
    BUDGET_POLICY_EXCEEDED("BUDGET_POLICY", "EXCEEDED");

    private final String entity;
    private final String action;

    WebhookEvent(String entity, String action) {
        this.entity = entity;
        this.action = action;
    }

    String entity() {
        return entity;
    }

    String action() {
        return action;
    }

    /** As {@code model_version.created}. */
    String label() {
        return (entity + "." + action).toLowerCase(Locale.ROOT);
    }

    /** The event of that entity and action, or {@code webhook.event}. */
    static WebhookEvent of(String entity, String action) {
        return Arrays.stream(values())
                .filter(event -> event.entity.equals(entity) && event.action.equals(action))
                .findFirst()
                .orElseThrow(() -> SlipwayException.invalid(
                        "webhook.event",
                        "There is no event " + entity + " " + action + "; the events are "
                                + Arrays.stream(values())
                                        .map(event -> event.entity + " " + event.action)
                                        .toList()
                                + "."));
    }
}
