package dev.slipway.lineage.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.api.Required;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.WebhookId;
import dev.slipway.mlflow.Absent;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;

/** Webhooks as MLflow's clients write and read them. */
final class WebhookMessages {
    private static final String ACTIVE = "ACTIVE";
    private static final String DISABLED = "DISABLED";

    private WebhookMessages() {}

    @Serdeable
    record Event(String entity, String action) {
        Event {
            Required.part("entity", entity);
            Required.part("action", action);
        }

        static Event of(WebhookEvent event) {
            return new Event(event.entity(), event.action());
        }

        WebhookEvent read() {
            return WebhookEvent.of(entity, action);
        }
    }

    /** What is asked of a webhook that is made or changed. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Request(
            @Nullable String name,
            @Nullable String description,
            @Nullable String url,
            @Nullable List<Event> events,
            @Nullable String secret,
            @Nullable String status) {
        Webhooks.Wish wish() {
            return new Webhooks.Wish(
                    Absent.ifEmpty(name),
                    description,
                    Absent.ifEmpty(url),
                    events == null || events.isEmpty()
                            ? null
                            : events.stream().map(Event::read).toList(),
                    secret,
                    isActive(status));
        }

        private static @Nullable Boolean isActive(@Nullable String status) {
            if (status == null || status.isEmpty()) {
                return null;
            }
            if (!status.equals(ACTIVE) && !status.equals(DISABLED)) {
                throw SlipwayException.invalid(
                        "webhook.status",
                        "A webhook's status is " + ACTIVE + " or " + DISABLED + ", not '" + status + "'.");
            }
            return status.equals(ACTIVE);
        }
    }

    @Serdeable
    record Test(@Nullable Event event) {}

    /** A webhook, without its secret. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Shown(
            String webhookId,
            String name,
            @Nullable String description,
            String url,
            List<Event> events,
            String status,
            long creationTimestamp,
            long lastUpdatedTimestamp) {
        static Shown of(Entity<WebhookId, Webhook> webhook) {
            Webhook body = webhook.body();
            return new Shown(
                    webhook.id().value(),
                    body.name(),
                    body.description(),
                    body.url(),
                    body.events().stream().map(Event::of).toList(),
                    body.active() ? ACTIVE : DISABLED,
                    webhook.created(),
                    body.edited());
        }
    }

    @Serdeable
    record One(Shown webhook) {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Many(List<Shown> webhooks, @Nullable String nextPageToken) {}

    @Serdeable
    record Nothing() {}

    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TestResult(
            boolean success,
            @Nullable Integer responseStatus,
            @Nullable String responseBody,
            @Nullable String errorMessage) {}

    @Serdeable
    record Tested(TestResult result) {}

    /** A delivery, which MLflow keeps to itself. */
    @Serdeable(naming = SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Delivered(
            String deliveryId,
            String event,
            long timestamp,
            int attempts,
            boolean success,
            @Nullable Integer responseStatus,
            @Nullable String errorMessage) {
        static Delivered of(Delivery delivery) {
            return new Delivered(
                    delivery.id(),
                    delivery.event().label(),
                    delivery.time(),
                    delivery.attempts(),
                    delivery.error() == null,
                    delivery.status(),
                    delivery.error());
        }
    }

    @Serdeable
    record Deliveries(List<Delivered> deliveries) {}
}
