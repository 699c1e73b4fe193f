package dev.slipway.clients;

import dev.slipway.api.conversion.ConversionApi;
import dev.slipway.runtime.errors.Problem;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Secondary;
import io.micronaut.http.client.annotation.Client;

/** The contract {@link ConversionApi} when it is served by another process. */
@Remote
@Secondary
@Requires(property = "slipway.services.conversion", value = "false")
@Client(id = "conversion", path = ConversionApi.PATH, errorType = Problem.class)
interface ConversionClient extends ConversionApi {}
