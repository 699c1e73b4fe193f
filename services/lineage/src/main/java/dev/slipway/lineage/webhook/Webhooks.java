package dev.slipway.lineage.webhook;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.WebhookId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Makes, finds and changes webhooks. */
@Singleton
final class Webhooks {
    private static final Pattern NAME = Pattern.compile("(?i)[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?");
    private static final int MAX_TEXT = 1000;

    private final Entities entities;
    private final WebhookAddress addresses;
    private final WebhookSecrets secrets;

    Webhooks(Entities entities, WebhookAddress addresses, WebhookSecrets secrets) {
        this.entities = entities;
        this.addresses = addresses;
        this.secrets = secrets;
    }

    /** What somebody wants of a webhook; null for what is to stay as it is, or as it usually is. */
    record Wish(
            @Nullable String name,
            @Nullable String description,
            @Nullable String url,
            @Nullable List<WebhookEvent> events,
            @Nullable String secret,
            @Nullable Boolean active) {}

    Entity<WebhookId, Webhook> create(Wish wish) {
        Change change = entities.change();
        Webhook nothing = new Webhook("", null, "", List.of(), null, null, true, 0, null, 0, 0, List.of());
        WebhookId id = entities.newId(WebhookId::new);
        Webhook webhook = changed(id, nothing, wish, change.now());
        check(webhook);
        addresses.check(webhook.url());
        Entity<WebhookId, Webhook> made = change.create(WebhookKinds.WEBHOOK, id, webhook);
        told(change, "webhook.created", made.id()).commit();
        return made;
    }

    Entity<WebhookId, Webhook> get(WebhookId id) {
        Entity<WebhookId, Webhook> webhook = entities.get(WebhookKinds.WEBHOOK, id);
        if (webhook.body().deleted() != null) {
            throw SlipwayException.notFound("webhook.unknown", "The webhook " + id + " was deleted.");
        }
        return webhook;
    }

    /** As it is, be it deleted. */
    Webhook find(WebhookId id) {
        return entities.get(WebhookKinds.WEBHOOK, id).body();
    }

    /** Newest first. */
    Page<Entity<WebhookId, Webhook>> list(int limit, @Nullable String cursor) {
        return entities.query(WebhookKinds.WEBHOOK, WebhookKinds.ALL, List.of(), true, limit, cursor);
    }

    Entity<WebhookId, Webhook> update(WebhookId id, Wish wish) {
        if (wish.url() != null) {
            addresses.check(wish.url());
        }
        return edit(id, "webhook.updated", (webhook, time) -> {
            Webhook changed = changed(id, webhook, wish, time);
            check(changed);
            return changed;
        });
    }

    void delete(WebhookId id) {
        edit(id, "webhook.deleted", Webhook::deletedAt);
    }

    /**
     * Remembers that a webhook is to be told of the event at a position, unless it is disabled or deleted.
     *
     * @return whether nothing else was left to tell it, so that nobody is about to
     */
    boolean due(WebhookId id, long position) {
        boolean[] first = new boolean[1];
        write(id, webhook -> {
            boolean news = webhook.active() && position > webhook.due() && position > webhook.told();
            first[0] = news && !webhook.isBehind();
            return news ? webhook.dueAt(position) : webhook;
        });
        return first[0];
    }

    /** Remembers the delivery of the event at a position, unless the webhook was deleted meanwhile. */
    Webhook remember(WebhookId id, Delivery delivery, long position) {
        return write(id, webhook -> webhook.after(delivery, position));
    }

    /** Remembers that a webhook is not to be told of anything up to a position. */
    Webhook pass(WebhookId id, long position) {
        return write(id, webhook -> webhook.toldTo(position));
    }

    private Webhook write(WebhookId id, UnaryOperator<Webhook> edit) {
        return Retries.onConflict(() -> {
            Entity<WebhookId, Webhook> webhook = entities.get(WebhookKinds.WEBHOOK, id);
            Webhook after = edit.apply(webhook.body());
            if (webhook.body().deleted() != null || after.equals(webhook.body())) {
                return webhook.body();
            }
            Change change = entities.change();
            Webhook written = secrets.renewed(id, after);
            change.update(WebhookKinds.WEBHOOK, webhook.with(body -> written));
            change.commit();
            return written;
        });
    }

    private Entity<WebhookId, Webhook> edit(WebhookId id, String event, BiFunction<Webhook, Long, Webhook> edit) {
        return Retries.onConflict(() -> {
            Change change = entities.change();
            Entity<WebhookId, Webhook> edited =
                    change.update(WebhookKinds.WEBHOOK, get(id).with(body -> edit.apply(body, change.now())));
            told(change, event, id).commit();
            return edited;
        });
    }

    private static Change told(Change change, String event, WebhookId id) {
        return change.event(event, EntityRef.of(EntityType.WEBHOOK, id), Map.of());
    }

    private Webhook changed(WebhookId id, Webhook webhook, Wish wish, long time) {
        Webhook changed = new Webhook(
                or(wish.name(), webhook.name()),
                or(wish.description(), webhook.description()),
                or(wish.url(), webhook.url()),
                or(wish.events(), webhook.events()).stream().distinct().toList(),
                webhook.plain(),
                webhook.sealed(),
                or(wish.active(), webhook.active()),
                time,
                null,
                webhook.told(),
                webhook.due(),
                webhook.deliveries());
        if (wish.secret() == null) {
            return secrets.renewed(id, changed);
        }
        checkText("secret", wish.secret());
        return changed.withSealed(wish.secret().isEmpty() ? null : secrets.seal(id, wish.secret()));
    }

    private static <T> T or(@Nullable T wanted, T present) {
        return wanted == null ? present : wanted;
    }

    private static void check(Webhook webhook) {
        if (!NAME.matcher(webhook.name()).matches()) {
            throw SlipwayException.invalid(
                    "webhook.name",
                    "'" + webhook.name() + "' can't name a webhook: use 1 to 63 letters, digits, '.', '_' and '-',"
                            + " beginning and ending with a letter or digit.");
        }
        if (webhook.events().isEmpty()) {
            throw SlipwayException.invalid("webhook.event", "A webhook needs one event at least to be told of.");
        }
        checkText("description", webhook.description());
    }

    private static void checkText(String what, @Nullable String text) {
        if (text != null && text.length() > MAX_TEXT) {
            throw SlipwayException.invalid(
                    "webhook.text", "The " + what + " of a webhook has " + MAX_TEXT + " characters at most.");
        }
    }
}
