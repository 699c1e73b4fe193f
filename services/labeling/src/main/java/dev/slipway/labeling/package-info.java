/** Labeling: projects, their tasks, the answers to them, and what a registered model makes of them. */
@Configuration
@Requires(property = "slipway.services.labeling", notEquals = "false")
package dev.slipway.labeling;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
