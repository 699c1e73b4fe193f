package dev.slipway.clients;

import dev.slipway.api.labeling.LabelingApi;
import dev.slipway.runtime.errors.Problem;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Secondary;
import io.micronaut.http.client.annotation.Client;

/** The contract {@link LabelingApi} when it is served by another process. */
@Remote
@Secondary
@Requires(property = "slipway.services.labeling", value = "false")
@Client(id = "labeling", path = LabelingApi.PATH, errorType = Problem.class)
interface LabelingClient extends LabelingApi {}
