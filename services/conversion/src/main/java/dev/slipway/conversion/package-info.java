/** Converts model versions to what devices run, and verifies every file on the whole test split. */
@Configuration
@Requires(property = "slipway.services.conversion", notEquals = "false")
package dev.slipway.conversion;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
