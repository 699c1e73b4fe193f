package dev.slipway.clients;

import dev.slipway.api.training.RunsApi;
import dev.slipway.runtime.errors.Problem;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Secondary;
import io.micronaut.http.client.annotation.Client;

/** The contract {@link RunsApi} when it is served by another process. */
@Remote
@Secondary
@Requires(property = "slipway.services.training", value = "false")
@Client(id = "training", path = RunsApi.PATH, errorType = Problem.class)
interface RunsClient extends RunsApi {}
