/** Registered models, their versions, the gates before a release, and releases with their channels. */
@Configuration
@Requires(property = "slipway.services.registry", notEquals = "false")
package dev.slipway.registry;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
