/** The training service: experiments, runs and what is logged to them, training jobs, and pipelines. */
@Configuration
@Requires(property = "slipway.services.training", notEquals = "false")
package dev.slipway.training;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
