package dev.slipway.lineage.webhook;

import dev.slipway.api.Allowed;
import dev.slipway.api.Required;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.WebhookId;
import dev.slipway.mlflow.Absent;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.InstantSource;
import java.util.UUID;
import java.util.regex.Pattern;

/** Webhooks, for MLflow's clients. */
@Controller("/api/2.0/mlflow/webhooks")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.ENGINEER)
class WebhooksController {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final int USUAL = 100;

    private final Webhooks webhooks;
    private final Courier courier;
    private final WebhookSecrets secrets;
    private final InstantSource clock;

    WebhooksController(Webhooks webhooks, Courier courier, WebhookSecrets secrets, InstantSource clock) {
        this.webhooks = webhooks;
        this.secrets = secrets;
        this.courier = courier;
        this.clock = clock;
    }

    @Post
    WebhookMessages.One create(@Body WebhookMessages.Request request) {
        Webhooks.Wish wish = request.wish();
        Required.part("name", wish.name());
        Required.part("url", wish.url());
        Required.part("events", wish.events());
        return one(webhooks.create(wish));
    }

    @Get
    WebhookMessages.Many list(
            @Nullable @QueryValue("max_results") Integer limit, @Nullable @QueryValue("page_token") String token) {
        String cursor = Absent.ifEmpty(token);
        Page<Entity<WebhookId, Webhook>> page = webhooks.list(limit == null || limit == 0 ? USUAL : limit, cursor);
        return new WebhookMessages.Many(
                page.items().stream().map(WebhookMessages.Shown::of).toList(),
                page.next().orElse(null));
    }

    @Get("/{id}")
    WebhookMessages.One get(@PathVariable String id) {
        return one(webhooks.get(read(id)));
    }

    @Patch("/{id}")
    WebhookMessages.One update(@PathVariable String id, @Body WebhookMessages.Request request) {
        return one(webhooks.update(read(id), request.wish()));
    }

    @Delete("/{id}")
    WebhookMessages.Nothing delete(@PathVariable String id) {
        webhooks.delete(read(id));
        return new WebhookMessages.Nothing();
    }

    /** Tells the webhook an example, once. */
    @Post("/{id}/test")
    WebhookMessages.Tested test(@PathVariable String id, @Nullable @Body WebhookMessages.Test request)
            throws InterruptedException {
        Entity<WebhookId, Webhook> found = webhooks.get(read(id));
        Webhook webhook = found.body();
        WebhookEvent event = request == null || request.event() == null
                ? webhook.events().get(0)
                : request.event().read();
        Courier.Outcome outcome = courier.tell(
                webhook,
                secrets.open(found.id(), webhook),
                UUID.randomUUID().toString(),
                event,
                clock.millis(),
                Tellings.example(event),
                0);
        return new WebhookMessages.Tested(new WebhookMessages.TestResult(
                outcome.error() == null,
                outcome.status(),
                outcome.answer(),
                outcome.status() == null ? outcome.error() : null));
    }

    /** The last deliveries, newest first; MLflow's server tells nobody of them. */
    @Get("/{id}/deliveries")
    WebhookMessages.Deliveries deliveries(@PathVariable String id) {
        return new WebhookMessages.Deliveries(webhooks.get(read(id)).body().deliveries().stream()
                .map(WebhookMessages.Delivered::of)
                .toList());
    }

    private static WebhookMessages.One one(Entity<WebhookId, Webhook> webhook) {
        return new WebhookMessages.One(WebhookMessages.Shown.of(webhook));
    }

    /** An id that is none is no webhook's. */
    private static WebhookId read(String id) {
        if (!ID.matcher(id).matches()) {
            throw SlipwayException.notFound("webhook.unknown", "There is no webhook '" + id + "'.");
        }
        return new WebhookId(id);
    }
}
