package dev.slipway.gateway.forward;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.http.client.HttpClientConfiguration;
import io.micronaut.runtime.ApplicationConfiguration;
import java.time.Duration;

/**
 * How the gateway's forwarded requests are sent: {@code slipway.gateway.forward.*}. Nothing is read into memory, and no
 * redirect is followed; the client does that.
 */
@ConfigurationProperties("slipway.gateway.forward")
public class ForwardingConfiguration extends HttpClientConfiguration {
    /** For how long a service may say nothing: it may be storing an artifact of some GiB. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

    private final ConnectionPoolConfiguration pool = new ConnectionPoolConfiguration();

    ForwardingConfiguration(ApplicationConfiguration application) {
        super(application);
        setConnectTimeout(Duration.ofSeconds(2));
        setReadTimeout(LONGEST_SILENCE);
        setFollowRedirects(false);
    }

    @Override
    public ConnectionPoolConfiguration getConnectionPoolConfiguration() {
        return pool;
    }
}
