package dev.slipway.lineage.webhook;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.ArrayList;
import java.util.List;

/**
 * An address that is told of events.
 *
 * @param secret what deliveries are signed with; null for none. Nobody is ever shown it
 * @param active whether it is told
 * @param edited when somebody last changed it, UTC milliseconds
 * @param deleted when it was deleted, UTC milliseconds; null unless it was
 * @param deliveries the last ones, newest first
 */
@Serdeable
record Webhook(
        String name,
        @Nullable String description,
        String url,
        List<WebhookEvent> events,
        @Nullable String secret,
        boolean active,
        long edited,
        @Nullable Long deleted,
        List<Delivery> deliveries) {
    /** So many deliveries are remembered. */
    static final int HISTORY = 50;

    Webhook deletedAt(long time) {
        // Whoever deletes it wants its secret gone as well.
        return new Webhook(name, description, url, events, null, false, time, time, deliveries);
    }

    Webhook after(Delivery delivery) {
        List<Delivery> remembered = new ArrayList<>(List.of(delivery));
        remembered.addAll(deliveries.subList(0, Math.min(deliveries.size(), HISTORY - 1)));
        return new Webhook(name, description, url, events, secret, active, edited, deleted, remembered);
    }

    /** Whether the last deliveries all failed, so many as to call the receiver dead. */
    boolean seemsDead() {
        return deliveries.size() >= 5 && deliveries.stream().limit(5).allMatch(delivery -> delivery.error() != null);
    }
}
