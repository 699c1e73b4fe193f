package dev.slipway.lineage.webhook;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.WebhookId;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How webhooks are stored. */
public final class WebhookKinds {
    /** Those that are not deleted, by time. */
    static final String ALL = "all";

    static final EntityKind<WebhookId, Webhook> WEBHOOK = EntityKind.of(
                    EntityType.WEBHOOK, WebhookId::new, Webhook.class)
            .upcast(WebhookKinds::withPlainSecret)
            .index(entry -> entry.body().deleted() == null
                    ? List.of(IndexEntry.of(ALL, IndexValue.of(entry.created())))
                    : List.of());

    /** All of them, for checks of what is stored. */
    public static final List<EntityKind<?, ?>> KINDS = List.of(WEBHOOK);

    private WebhookKinds() {}

    /** Webhooks of old have a plain secret, and were told of everything before the next event. */
    private static Map<String, Object> withPlainSecret(Map<String, Object> body) {
        Map<String, Object> changed = new HashMap<>(body);
        changed.put("plain", changed.remove("secret"));
        changed.put("sealed", null);
        changed.put("told", 0);
        changed.put("due", 0);
        return changed;
    }
}
