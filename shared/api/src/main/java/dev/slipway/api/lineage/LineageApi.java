package dev.slipway.api.lineage;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.ExternalDatasetId;
import dev.slipway.kernel.id.ExternalJobId;
import dev.slipway.kernel.id.ExternalRunId;
import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.util.List;

/** The graph's questions, and the log of what happened. */
@Allowed(Role.VIEWER)
public interface LineageApi {
    /** The path of the contract on the internal port. */
    String PATH = "/internal/v1/lineage";

    /** Fails with {@code lineage.unknown-entity} when there is no such entity in the workspace. */
    @Post("/traversals")
    Lineage traverse(@Body LineageQuery query);

    /** The events of the caller's workspace after a position, oldest first; fewer than the limit only at the end. */
    @Get("/events{?after,limit}")
    List<AuditEntry> events(@QueryValue(defaultValue = "0") long after, @QueryValue(defaultValue = "100") int limit);

    /** Those that exist of at most 1000. */
    @Post("/external-jobs/batch")
    List<Entity<ExternalJobId, ExternalJob>> externalJobs(@Body List<ExternalJobId> ids);

    /** Those that exist of at most 1000. */
    @Post("/external-runs/batch")
    List<Entity<ExternalRunId, ExternalRun>> externalRuns(@Body List<ExternalRunId> ids);

    /** The runs of another tool's job, newest first. */
    @Get("/external-jobs/{id}/runs{?limit,cursor}")
    Page<Entity<ExternalRunId, ExternalRun>> listExternalRuns(
            @PathVariable ExternalJobId id,
            @QueryValue(defaultValue = "50") int limit,
            @Nullable @QueryValue String cursor);

    /** Those that exist of at most 1000. */
    @Post("/external-datasets/batch")
    List<Entity<ExternalDatasetId, ExternalDataset>> externalDatasets(@Body List<ExternalDatasetId> ids);

    /** The card of a version, written anew from what is known now; {@code model-version.unknown} when there is none. */
    @Get("/cards/{modelVersion}")
    ModelCard card(@PathVariable ModelVersionId modelVersion);
}
