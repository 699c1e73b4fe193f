package dev.slipway.lineage.webhook;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * How it went when a webhook was told of an event.
 *
 * @param id the delivery's, as its header says
 * @param time when it ended, UTC milliseconds
 * @param attempts 1 when the first was taken
 * @param status the HTTP status of the last attempt; null when there was no answer
 * @param error why it failed; null when it was taken
 */
@Serdeable
record Delivery(
        String id,
        WebhookEvent event,
        long time,
        int attempts,
        @Nullable Integer status,
        @Nullable String error) {}
