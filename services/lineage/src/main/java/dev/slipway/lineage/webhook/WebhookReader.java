package dev.slipway.lineage.webhook;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.WebhookId;
import dev.slipway.runtime.events.EventReader;
import dev.slipway.store.graph.Event;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tells the webhooks of a workspace what happens in it, in the order in which it happens, each at least once. */
@Singleton
final class WebhookReader implements EventReader {
    private final Webhooks webhooks;
    private final Tellings tellings;
    private final Courier courier;
    private final WebhookSettings settings;
    private final InstantSource clock;

    WebhookReader(
            Webhooks webhooks, Tellings tellings, Courier courier, WebhookSettings settings, InstantSource clock) {
        this.webhooks = webhooks;
        this.tellings = tellings;
        this.courier = courier;
        this.settings = settings;
        this.clock = clock;
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
    public void read(Event event) throws InterruptedException {
        Optional<Tellings.Told> told = told(event);
        if (told.isEmpty()) {
            return;
        }
        String cursor = null;
        do {
            Page<Entity<WebhookId, Webhook>> page = webhooks.list(Page.MAX_LIMIT, cursor);
            for (Entity<WebhookId, Webhook> webhook : page.items()) {
                if (webhook.body().active()
                        && webhook.body().events().contains(told.get().event())) {
                    tell(webhook, event, told.get());
                }
            }
            cursor = page.next().orElse(null);
        } while (cursor != null);
    }

    private void tell(Entity<WebhookId, Webhook> webhook, Event event, Tellings.Told told) throws InterruptedException {
        String id = id(webhook.id(), event);
        if (webhook.body().deliveries().stream().anyMatch(made -> made.id().equals(id))) {
            // A process that died after this one was told did not get to move its cursor.
            return;
        }
        // One that has long been dead must not hold up the others.
        int retries = webhook.body().seemsDead() ? 0 : settings.retries();
        Courier.Outcome outcome =
                courier.tell(webhook.body(), id, told.event(), event.event().time(), told.data(), retries);
        webhooks.remember(
                webhook.id(),
                new Delivery(id, told.event(), clock.millis(), outcome.attempts(), outcome.status(), outcome.error()));
    }

    private Optional<Tellings.Told> told(Event event) {
        try {
            return tellings.of(event);
        } catch (IOException e) {
            throw SlipwayException.internal(
                    "webhook.event", "The body of event " + event.position() + " can't be read.", e);
        }
    }

    /** The same for the same event, so that a receiver can pass over what it has been told before. */
    private static String id(WebhookId webhook, Event event) {
        String name = webhook + "/" + event.event().id();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
