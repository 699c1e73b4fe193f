package dev.slipway.lineage.webhook;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.id.WebhookId;
import dev.slipway.runtime.events.EventReader;
import dev.slipway.store.graph.Event;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/** Remembers which webhooks are to be told of what happens in their workspace, for {@link Deliveries} to tell them. */
@Singleton
@Requires(property = "slipway.events.enabled", notEquals = "false")
final class WebhookReader implements EventReader {
    private final Webhooks webhooks;
    private final Tellings tellings;
    private final Deliveries deliveries;

    WebhookReader(Webhooks webhooks, Tellings tellings, Deliveries deliveries) {
        this.webhooks = webhooks;
        this.tellings = tellings;
        this.deliveries = deliveries;
    }

    @Override
    public Service service() {
        return Service.LINEAGE;
    }

    @Override
    public String name() {
        return "webhooks";
    }

    @Override
    public Set<String> types() {
        return Tellings.TYPES;
    }

    @Override
    public void read(Event event) {
        Optional<Tellings.Told> told = tellings.of(event);
        if (told.isEmpty()) {
            return;
        }
        String cursor = null;
        do {
            Page<Entity<WebhookId, Webhook>> page = webhooks.list(Page.MAX_LIMIT, cursor);
            for (Entity<WebhookId, Webhook> webhook : page.items()) {
                if (webhook.body().active()
                        && webhook.body().events().contains(told.get().event())
                        && webhooks.due(webhook.id(), event.position())) {
                    deliveries.wake(event.workspace(), webhook.id());
                }
            }
            cursor = page.next().orElse(null);
        } while (cursor != null);
    }
}
