package dev.slipway.clients;

import dev.slipway.api.jobs.JobsApi;
import dev.slipway.runtime.errors.Problem;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Secondary;
import io.micronaut.http.client.annotation.Client;

/** The contract {@link JobsApi} when it is served by another process. */
@Remote
@Secondary
@Requires(property = "slipway.services.runtime", value = "false")
@Client(id = "runtime", path = JobsApi.PATH, errorType = Problem.class)
interface JobsClient extends JobsApi {}
