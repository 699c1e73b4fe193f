package dev.slipway.lineage.openlineage;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.time.Duration;

/**
 * Where Slipway's own jobs are told of; without a URL nobody is told.
 *
 * @param url of the receiver, such as {@code http://127.0.0.1:5000}
 * @param endpoint the path below it
 * @param apiKey sent as {@code Authorization: Bearer}; null for none
 * @param namespace of the jobs
 * @param timeout of one event
 * @param gzip whether events are sent compressed
 */
@ConfigurationProperties(EmissionSettings.PREFIX)
@Requires(property = EmissionSettings.PREFIX + ".url")
record EmissionSettings(
        URI url,
        @Bindable(defaultValue = "/api/v1/lineage") String endpoint,
        @Nullable String apiKey,
        @Bindable(defaultValue = OwnDatasets.NAMESPACE) String namespace,
        @Bindable(defaultValue = "10s") Duration timeout,
        @Bindable(defaultValue = "false") boolean gzip) {
    static final String PREFIX = "slipway.openlineage";
}
