package dev.slipway.gateway;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * The bounds of the gateway.
 *
 * @param maximumDepth how many fields may stand inside each other; the introspection query of graphql-js needs 15
 * @param maximumComplexity how many fields an answer may have at most, as the {@code first} of its lists says
 * @param maximumBody of a request over HTTP or of a message over a socket, in bytes
 * @param maximumConnections how many sockets may be open
 * @param maximumSubscriptions how many operations one socket may carry out at a time
 * @param maximumFollowedMetrics how many operations of this process may follow the metrics of runs at a time; each takes a
 *     thread while it waits
 * @param connectionInitTimeout how long a new socket may take to say {@code connection_init}
 * @param progressInterval how often a job or run that is followed is looked at, at most
 */
@ConfigurationProperties("slipway.gateway")
public record GatewayConfiguration(
        @Bindable(defaultValue = "15") int maximumDepth,
        @Bindable(defaultValue = "100000") int maximumComplexity,
        @Bindable(defaultValue = "1048576") int maximumBody,
        @Bindable(defaultValue = "1000") int maximumConnections,
        @Bindable(defaultValue = "20") int maximumSubscriptions,
        @Bindable(defaultValue = "200") int maximumFollowedMetrics,
        @Bindable(defaultValue = "3s") Duration connectionInitTimeout,
        @Bindable(defaultValue = "200ms") Duration progressInterval) {}
