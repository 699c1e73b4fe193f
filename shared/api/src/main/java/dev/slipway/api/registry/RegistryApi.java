package dev.slipway.api.registry;

import dev.slipway.api.Allowed;
import dev.slipway.api.jobs.Job;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.ChannelId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ReleaseId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.util.List;

/** Registered models, their versions, and what is released of them. */
@Allowed(Role.VIEWER)
public interface RegistryApi {
    /** The path of the contract on the internal port. */
    String PATH = "/internal/v1/registry";

    /** The model of that name, made unless it is there. */
    @Post("/models")
    @Allowed(Role.ENGINEER)
    Entity<ModelId, Model> createModel(@Body CreateModel request);

    /** Fails with {@code model.policy} for an impossible one. */
    @Post("/models/{id}/policy")
    @Allowed(Role.ENGINEER)
    Entity<ModelId, Model> setPolicy(@PathVariable ModelId id, @Body SetPolicy request);

    @Get("/models/{id}")
    @Nullable
    Entity<ModelId, Model> model(@PathVariable ModelId id);

    @Get("/models/named")
    @Nullable
    Entity<ModelId, Model> modelNamed(@QueryValue String name);

    /** Those that exist of at most 1000. */
    @Post("/models/batch")
    List<Entity<ModelId, Model>> models(@Body List<ModelId> ids);

    /** Newest first. */
    @Get("/models{?limit,cursor}")
    Page<Entity<ModelId, Model>> listModels(
            @QueryValue(defaultValue = "50") int limit, @Nullable @QueryValue String cursor);

    @Post("/versions")
    @Allowed(Role.ENGINEER)
    Entity<ModelVersionId, ModelVersion> register(@Body RegisterVersion request);

    @Get("/versions/{id}")
    @Nullable
    Entity<ModelVersionId, ModelVersion> version(@PathVariable ModelVersionId id);

    /** Those that exist of at most 1000. */
    @Post("/versions/batch")
    List<Entity<ModelVersionId, ModelVersion>> versions(@Body List<ModelVersionId> ids);

    /** The versions of a model, newest first. */
    @Get("/models/{id}/versions{?limit,cursor}")
    Page<Entity<ModelVersionId, ModelVersion>> listVersions(
            @PathVariable ModelId id, @QueryValue(defaultValue = "50") int limit, @Nullable @QueryValue String cursor);

    /** Adds a verified file to a version; one of the same target and precision takes the place of an earlier one. */
    @Post("/versions/{id}/files")
    @Allowed(Role.SERVICE)
    Entity<ModelVersionId, ModelVersion> attachFile(@PathVariable ModelVersionId id, @Body ModelFile file);

    /**
     * Starts a job that judges the version with its files. When all gates hold, one batch moves the alias, makes the
     * release and points the channel to it; otherwise the job fails with {@code registry.gates} and nothing changes but
     * the version's report.
     */
    @Post("/versions/{id}/releases")
    @Allowed(Role.ENGINEER)
    Entity<JobId, Job> release(@PathVariable ModelVersionId id, @Body ReleaseVersion request);

    /** Those that exist of at most 1000. */
    @Post("/releases/batch")
    List<Entity<ReleaseId, Release>> releases(@Body List<ReleaseId> ids);

    /** The releases of a model, newest first. */
    @Get("/models/{id}/releases{?limit,cursor}")
    Page<Entity<ReleaseId, Release>> listReleases(
            @PathVariable ModelId id, @QueryValue(defaultValue = "50") int limit, @Nullable @QueryValue String cursor);

    /** The channels of a model, by name; at most 1000. */
    @Get("/models/{id}/channels")
    List<Entity<ChannelId, Channel>> channels(@PathVariable ModelId id);
}
