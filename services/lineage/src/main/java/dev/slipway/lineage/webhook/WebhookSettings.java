package dev.slipway.lineage.webhook;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How webhooks are told.
 *
 * @param privateAddresses whether they may lead to this machine and to private networks, which they otherwise may not: a
 *     webhook lets its maker send requests from where the server stands
 * @param timeout of one attempt
 * @param retries how often a delivery that failed is tried again
 * @param firstPause before the first retry; each further one waits twice as long
 * @param concurrency how many webhooks are told at a time; a quarter as many more of those that seem dead
 * @param keys the folder of the keys that secrets are encrypted with
 * @param secretKey a text of 32 characters at least to encrypt them with instead, which all processes share; null for none
 */
@ConfigurationProperties("slipway.webhooks")
record WebhookSettings(
        @Bindable(defaultValue = "false") boolean privateAddresses,
        @Bindable(defaultValue = "10s") Duration timeout,
        @Bindable(defaultValue = "3") int retries,
        @Bindable(defaultValue = "1s") Duration firstPause,
        @Bindable(defaultValue = "16") int concurrency,
        Path keys,
        @Nullable String secretKey) {
    /** How long one delivery takes at most, with all its retries. */
    Duration longestDelivery() {
        return timeout.multipliedBy(retries + 1L).plus(firstPause.multipliedBy((1L << Math.min(retries, 20)) - 1));
    }
}
