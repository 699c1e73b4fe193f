package dev.slipway.lineage.webhook;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.ObjectMapper;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Carries what is told to the address of a webhook. */
@Singleton
final class Courier implements AutoCloseable {
    /** Answers that say that it may go better later. */
    private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);

    private static final int MAX_ANSWER = 2000;

    /**
     * What came of it.
     *
     * @param attempts 1 or more
     * @param status of the last answer; null when there was none
     * @param answer the beginning of its body; null when there was none
     * @param error why it failed; null when it was taken
     */
    record Outcome(
            int attempts,
            @Nullable Integer status,
            @Nullable String answer,
            @Nullable String error) {}

    private final WebhookAddress addresses;
    private final WebhookSettings settings;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final ExecutorService threads;
    private final HttpClient client;

    Courier(WebhookAddress addresses, WebhookSettings settings, ObjectMapper json, InstantSource clock) {
        this.addresses = addresses;
        this.settings = settings;
        this.json = json;
        this.clock = clock;
        this.threads = Executors.newFixedThreadPool(2, work -> {
            Thread thread = new Thread(work, "webhooks");
            thread.setDaemon(true);
            return thread;
        });
        // Redirects would lead around the check of addresses.
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads)
                .build();
    }

    /**
     * Tells a webhook, again and again with growing pauses when that may help.
     *
     * @param secret what it is signed with; null for none
     * @param id of the delivery, the same when it is repeated
     * @param time when it happened, UTC milliseconds
     * @param retries how often it is tried again at most
     */
    Outcome tell(
            Webhook webhook,
            @Nullable String secret,
            String id,
            WebhookEvent event,
            long time,
            Map<String, Object> data,
            int retries)
            throws InterruptedException {
        String payload = payload(event, time, data);
        long pause = settings.firstPause().toMillis();
        for (int attempt = 1; ; attempt++) {
            Outcome outcome = attempt(webhook, secret, id, payload, attempt);
            boolean passing = outcome.status() == null || PASSING.contains(outcome.status());
            if (outcome.error() == null || !passing || attempt > retries) {
                return outcome;
            }
            Thread.sleep(pause);
            pause *= 2;
        }
    }

    private String payload(WebhookEvent event, long time, Map<String, Object> data) {
        String timestamp = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                Instant.ofEpochMilli(time).atOffset(ZoneOffset.UTC));
        try {
            return json.writeValueAsString(new Telling(
                    event.entity().toLowerCase(Locale.ROOT), event.action().toLowerCase(Locale.ROOT), timestamp, data));
        } catch (IOException e) {
            throw SlipwayException.internal("webhook.payload", "An event has no JSON form.", e);
        }
    }

    private Outcome attempt(Webhook webhook, @Nullable String secret, String id, String payload, int attempt)
            throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answered = null;
        try {
            answered = client.sendAsync(
                    request(addresses.check(webhook.url()), secret, id, payload), Answers.first(MAX_ANSWER));
            // The request's own timeout ends with the head of the answer; its body may come ever so slowly.
            HttpResponse<byte[]> response = answered.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
            int status = response.statusCode();
            String answer = new String(response.body(), StandardCharsets.UTF_8);
            return new Outcome(attempt, status, answer, status < 400 ? null : "The receiver answered " + status + ".");
        } catch (TimeoutException e) {
            return new Outcome(attempt, null, null, "The receiver has not answered within " + settings.timeout() + ".");
        } catch (ExecutionException e) {
            return new Outcome(attempt, null, null, "The receiver could not be reached: " + e.getCause());
        } catch (SlipwayException e) {
            return new Outcome(attempt, null, null, e.getMessage());
        } finally {
            if (answered != null) {
                answered.cancel(true);
            }
        }
    }

    private HttpRequest request(URI address, @Nullable String secret, String id, String payload) {
        String timestamp = Long.toString(clock.millis() / 1000);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .header("X-MLflow-Delivery-Id", id)
                .header("X-MLflow-Timestamp", timestamp)
                .POST(HttpRequest.BodyPublishers.ofString(payload));
        if (secret != null) {
            request.header("X-MLflow-Signature", Signature.of(secret, id, timestamp, payload));
        }
        return request.build();
    }

    @Override
    @PreDestroy
    public void close() {
        threads.shutdownNow();
    }
}
