package dev.slipway.clients;

import dev.slipway.api.registry.RegistryEditsApi;
import dev.slipway.runtime.errors.Problem;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Secondary;
import io.micronaut.http.client.annotation.Client;

/** The contract {@link RegistryEditsApi} when it is served by another process. */
@Remote
@Secondary
@Requires(property = "slipway.services.registry", value = "false")
@Client(id = "registry", path = RegistryEditsApi.PATH, errorType = Problem.class)
interface RegistryEditsClient extends RegistryEditsApi {}
