package dev.slipway.clients;

import dev.slipway.api.lineage.LineageApi;
import dev.slipway.runtime.errors.Problem;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Secondary;
import io.micronaut.http.client.annotation.Client;

/** The contract {@link LineageApi} when it is served by another process. */
@Remote
@Secondary
@Requires(property = "slipway.services.lineage", value = "false")
@Client(id = "lineage", path = LineageApi.PATH, errorType = Problem.class)
interface LineageClient extends LineageApi {}
