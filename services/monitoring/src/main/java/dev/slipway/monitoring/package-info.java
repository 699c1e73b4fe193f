/** Prediction logs, drift, alerts and retraining triggers. */
@Configuration
@Requires(property = "slipway.services.monitoring", notEquals = "false")
package dev.slipway.monitoring;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
