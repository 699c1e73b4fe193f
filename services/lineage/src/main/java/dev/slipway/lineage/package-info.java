/** The graph's questions, and the log of what happened. */
@Configuration
@Requires(property = "slipway.services.lineage", notEquals = "false")
package dev.slipway.lineage;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
