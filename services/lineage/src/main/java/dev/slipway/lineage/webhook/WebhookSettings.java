package dev.slipway.lineage.webhook;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * How webhooks are told.
 *
 * @param privateAddresses whether they may lead to this machine and to private networks, which they otherwise may not: a
 *     webhook lets its maker send requests from where the server stands
 * @param timeout of one attempt
 * @param retries how often a delivery that failed is tried again
 * @param firstPause before the first retry; each further one waits twice as long
 */
@ConfigurationProperties("slipway.webhooks")
record WebhookSettings(
        @Bindable(defaultValue = "false") boolean privateAddresses,
        @Bindable(defaultValue = "10s") Duration timeout,
        @Bindable(defaultValue = "3") int retries,
        @Bindable(defaultValue = "1s") Duration firstPause) {}
