package dev.slipway.clients;

import dev.slipway.api.training.PipelinesApi;
import dev.slipway.runtime.errors.Problem;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Secondary;
import io.micronaut.http.client.annotation.Client;

/** The contract {@link PipelinesApi} when it is served by another process. */
@Remote
@Secondary
@Requires(property = "slipway.services.training", value = "false")
@Client(id = "training", path = PipelinesApi.PATH, errorType = Problem.class)
interface PipelinesClient extends PipelinesApi {}
