package dev.slipway.api.training;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;

/**
 * The tree of artifacts: what runs and models have logged, by path, as MLflow's clients see it. A path that leads out of
 * the tree is refused with {@code artifact.path}.
 */
@Allowed(Role.VIEWER)
public interface ArtifactsApi {
    /** The path of the contract on the internal port. */
    String PATH = "/internal/v1/artifacts";

    /** The file or folder at a path. */
    @Get("/entry")
    @Nullable
    ArtifactInfo find(@QueryValue String path);

    /**
     * Where the artifacts of a run lie, or those of a logged model that is not deleted.
     *
     * @param owner the run's id, or the model's as clients know it, {@code m-…}
     */
    @Get("/homes/{owner}")
    @Nullable
    ArtifactHome home(@PathVariable String owner);

    /** What lies in a folder, in the order of names; nothing for what is no folder. */
    @Get("/children{?limit,cursor}")
    Page<ArtifactInfo> list(
            @QueryValue String path, @QueryValue(defaultValue = "1000") int limit, @Nullable @QueryValue String cursor);

    /**
     * Puts a file at a path, in place of the one that was there, and makes the folders above it.
     *
     * @throws dev.slipway.kernel.SlipwayException {@code artifact.unknown} for bytes that are not stored; {@code
     *     artifact.folder} when there is a folder at the path, {@code artifact.file} when there is a file above it
     */
    @Put("/files")
    @Allowed(Role.ENGINEER)
    ArtifactInfo put(@Body PutArtifact request);

    /** Removes a file, or a folder and all that lies in it; nothing when there is none. */
    @Delete("/entry")
    @Allowed(Role.ENGINEER)
    void delete(@QueryValue String path);
}
