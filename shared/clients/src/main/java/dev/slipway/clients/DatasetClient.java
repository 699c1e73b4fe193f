package dev.slipway.clients;

import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.runtime.errors.Problem;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Secondary;
import io.micronaut.http.client.annotation.Client;

/** The contract {@link DatasetApi} when it is served by another process. */
@Remote
@Secondary
@Requires(property = "slipway.services.dataset", value = "false")
@Client(id = "dataset", path = DatasetApi.PATH, errorType = Problem.class)
interface DatasetClient extends DatasetApi {}
