/** Datasets: named sequences of immutable, content-addressed versions. */
@Configuration
@Requires(property = "slipway.services.dataset", notEquals = "false")
package dev.slipway.dataset;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
