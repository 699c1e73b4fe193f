package dev.slipway.lineage.webhook;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.WebhookId;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.GraphStore;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a webhook of the next event that it is to be told of. */
@Singleton
final class NextDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(NextDelivery.class);
    private static final int PAGE = 200;

    private final GraphStore graph;
    private final Webhooks webhooks;
    private final Tellings tellings;
    private final Courier courier;
    private final WebhookSecrets secrets;
    private final WebhookSettings settings;
    private final InstantSource clock;

    NextDelivery(
            GraphStore graph,
            Webhooks webhooks,
            Tellings tellings,
            Courier courier,
            WebhookSecrets secrets,
            WebhookSettings settings,
            InstantSource clock) {
        this.graph = graph;
        this.webhooks = webhooks;
        this.tellings = tellings;
        this.courier = courier;
        this.secrets = secrets;
        this.settings = settings;
        this.clock = clock;
    }

    /** Tells a webhook that is behind, and returns it as it is then. */
    Webhook tell(Workspace workspace, WebhookId id, Webhook webhook) throws InterruptedException {
        for (long from = webhook.told(); webhook.active() && from < webhook.due(); ) {
            List<Event> events = graph.events(from, PAGE);
            for (Event event : events) {
                if (event.position() > webhook.due()) {
                    return webhooks.pass(id, webhook.due());
                }
                Optional<Tellings.Told> told = event.workspace().equals(workspace) ? told(event) : Optional.empty();
                if (told.isPresent() && webhook.events().contains(told.get().event())) {
                    return tell(id, webhook, event, told.get());
                }
                from = event.position();
            }
            if (events.size() < PAGE) {
                break;
            }
        }
        return webhooks.pass(id, webhook.due());
    }

    private Optional<Tellings.Told> told(Event event) {
        try {
            return Tellings.TYPES.contains(event.event().type()) ? tellings.of(event) : Optional.empty();
        } catch (SlipwayException e) {
            LOG.error("webhooks are not told of event {}", event.position(), e);
            return Optional.empty();
        }
    }

    private Webhook tell(WebhookId id, Webhook webhook, Event event, Tellings.Told told) throws InterruptedException {
        String delivery = delivery(id, event);
        // Whoever has long been dead must not be waited for as long as others.
        int retries = webhook.seemsDead() ? 0 : settings.retries();
        Courier.Outcome outcome = courier.tell(
                webhook,
                secrets.open(id, webhook),
                delivery,
                told.event(),
                event.event().time(),
                told.data(),
                retries);
        return webhooks.remember(
                id,
                new Delivery(
                        delivery, told.event(), clock.millis(), outcome.attempts(), outcome.status(), outcome.error()),
                event.position());
    }

    /** The same for the same event, so that a receiver can pass over what it has been told before. */
    private static String delivery(WebhookId webhook, Event event) {
        String name = webhook + "/" + event.event().id();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
