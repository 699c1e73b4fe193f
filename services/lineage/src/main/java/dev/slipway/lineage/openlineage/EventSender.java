package dev.slipway.lineage.openlineage;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.context.annotation.Requires;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineageClientException;
import io.openlineage.client.transports.ApiKeyTokenProvider;
import io.openlineage.client.transports.HttpConfig;
import io.openlineage.client.transports.HttpTransport;
import io.openlineage.client.transports.HttpTransportResponseException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Set;

/** Sends events to the receiver that the settings name. */
@Singleton
@Requires(beans = EmissionSettings.class)
final class EventSender implements AutoCloseable {
    /** Answers that say that it may go better later. */
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

    private final EmissionSettings settings;
    private final HttpTransport transport;

    EventSender(EmissionSettings settings) {
        this.settings = settings;
        HttpConfig config = new HttpConfig();
        config.setUrl(settings.url());
        config.setEndpoint(settings.endpoint());
        config.setTimeoutInMillis(Math.toIntExact(settings.timeout().toMillis()));
        if (settings.apiKey() != null) {
            ApiKeyTokenProvider token = new ApiKeyTokenProvider();
            token.setApiKey(settings.apiKey());
            config.setAuth(token);
        }
        if (settings.gzip()) {
            config.setCompression(HttpConfig.Compression.GZIP);
        }
        this.transport = new HttpTransport(config);
    }

    /**
     * Sends one event.
     *
     * @throws SlipwayException {@code openlineage.away} when it may be taken later, {@code openlineage.refused} otherwise
     */
    void send(OpenLineage.RunEvent event) {
        try {
            transport.emit(event);
        } catch (HttpTransportResponseException e) {
            throw PASSING.contains(e.getStatusCode())
                    ? away("answered " + e.getStatusCode(), e)
                    : SlipwayException.invalid(
                            "openlineage.refused",
                            "The OpenLineage receiver at " + settings.url() + " refused an event with "
                                    + e.getStatusCode() + "; look at " + EmissionSettings.PREFIX
                                    + ".url, .endpoint and .api-key: " + e.getMessage());
        } catch (OpenLineageClientException e) {
            throw away("can't be reached: " + e.getMessage(), e);
        }
    }

    private SlipwayException away(String how, OpenLineageClientException cause) {
        return SlipwayException.unavailable(
                "openlineage.away", "The OpenLineage receiver at " + settings.url() + " " + how + ".", cause);
    }

    @Override
    @PreDestroy
    public void close() {
        try {
            transport.close();
        } catch (Exception e) {
            throw SlipwayException.internal("openlineage.close", "The OpenLineage client could not be closed.", e);
        }
    }
}
