package dev.slipway.lineage.webhook;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.ArrayList;
import java.util.List;

/**
 * An address that is told of events.
 *
 * @param plain what deliveries are signed with, as bodies of old hold it until they are next written; null for none
 * @param sealed the same as {@link WebhookSecrets} keeps it; null for none. Nobody is ever shown it
 * @param active whether it is told
 * @param edited when somebody last changed it, UTC milliseconds
 * @param deleted when it was deleted, UTC milliseconds; null unless it was
 * @param told the position in the event log up to which it has been told
 * @param due the position of the last event that it is to be told of; not beyond {@code told} when nothing is left to tell
 * @param deliveries the last ones, newest first
 */
@Serdeable
record Webhook(
        String name,
        @Nullable String description,
        String url,
        List<WebhookEvent> events,
        @Nullable String plain,
        @Nullable String sealed,
        boolean active,
        long edited,
        @Nullable Long deleted,
        long told,
        long due,
        List<Delivery> deliveries) {
    /** So many deliveries are remembered. */
    static final int HISTORY = 50;

    Webhook deletedAt(long time) {
        // Whoever deletes it wants its secret gone as well.
        return new Webhook(name, description, url, events, null, null, false, time, time, told, due, deliveries);
    }

    Webhook withSealed(@Nullable String secret) {
        return new Webhook(
                name, description, url, events, null, secret, active, edited, deleted, told, due, deliveries);
    }

    /** Whether anything is left to tell it. */
    boolean isBehind() {
        return told < due && deleted == null;
    }

    /** To be told of the event at a position, behind what it is to be told before. */
    Webhook dueAt(long position) {
        return isBehind()
                ? at(told, Math.max(due, position), deliveries)
                : at(Math.max(told, position - 1), Math.max(due, position), deliveries);
    }

    /** Told of everything up to a position. */
    Webhook toldTo(long position) {
        return at(Math.max(told, position), due, deliveries);
    }

    /** Told of the event at a position. */
    Webhook after(Delivery delivery, long position) {
        List<Delivery> remembered = new ArrayList<>(List.of(delivery));
        remembered.addAll(deliveries.subList(0, Math.min(deliveries.size(), HISTORY - 1)));
        return at(Math.max(told, position), due, remembered);
    }

    private Webhook at(long position, long last, List<Delivery> remembered) {
        return new Webhook(
                name, description, url, events, plain, sealed, active, edited, deleted, position, last, remembered);
    }

    /** Whether the last deliveries all failed, so many as to call the receiver dead. */
    boolean seemsDead() {
        return deliveries.size() >= 5 && deliveries.stream().limit(5).allMatch(delivery -> delivery.error() != null);
    }
}
