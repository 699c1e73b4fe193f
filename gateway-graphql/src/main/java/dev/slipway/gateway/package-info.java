/** The one public door: GraphQL over the contracts of the services, by HTTP and by WebSocket. */
@Configuration
@Requires(property = "slipway.services.gateway", notEquals = "false")
package dev.slipway.gateway;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
