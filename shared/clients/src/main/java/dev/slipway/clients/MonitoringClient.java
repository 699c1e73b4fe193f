package dev.slipway.clients;

import dev.slipway.api.monitoring.MonitoringApi;
import dev.slipway.runtime.errors.Problem;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Secondary;
import io.micronaut.http.client.annotation.Client;

/** The contract {@link MonitoringApi} when it is served by another process. */
@Remote
@Secondary
@Requires(property = "slipway.services.monitoring", value = "false")
@Client(id = "monitoring", path = MonitoringApi.PATH, errorType = Problem.class)
interface MonitoringClient extends MonitoringApi {}
