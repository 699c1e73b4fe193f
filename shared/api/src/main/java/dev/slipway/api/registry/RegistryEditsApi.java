package dev.slipway.api.registry;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import java.util.List;

/**
 * What people say of registered models and versions: descriptions, tags and aliases. All fail with {@code model.unknown} or
 * {@code model-version.unknown} for what is not there, or deleted.
 */
@Allowed(Role.VIEWER)
public interface RegistryEditsApi {
    /** The path of the contract on the internal port. */
    String PATH = "/internal/v1/registry-edits";

    @Post("/models/{id}/description")
    @Allowed(Role.ENGINEER)
    Entity<ModelId, Model> describe(@PathVariable ModelId id, @Body Describe request);

    @Post("/versions/{id}/description")
    @Allowed(Role.ENGINEER)
    Entity<ModelVersionId, ModelVersion> describeVersion(@PathVariable ModelVersionId id, @Body Describe request);

    @Post("/models/{id}/tag")
    @Allowed(Role.ENGINEER)
    void tag(@PathVariable ModelId id, @Body EditTag request);

    @Post("/versions/{id}/tag")
    @Allowed(Role.ENGINEER)
    void tagVersion(@PathVariable ModelVersionId id, @Body EditTag request);

    /**
     * Lets the version go by the alias, which no other version of the model goes by from now on.
     *
     * @throws dev.slipway.kernel.SlipwayException {@code model.alias}; {@code model.alias.state} for one that a release moves
     */
    @Post("/versions/{id}/alias")
    @Allowed(Role.ENGINEER)
    Entity<ModelId, Model> setAlias(@PathVariable ModelVersionId id, @Body AliasName request);

    /** Takes the alias from whichever version goes by it; harmless when none does. */
    @Post("/models/{id}/alias/delete")
    @Allowed(Role.ENGINEER)
    Entity<ModelId, Model> deleteAlias(@PathVariable ModelId id, @Body AliasName request);

    /** The tags of each of at most 1000 models that are there. */
    @Post("/tags/models")
    List<ModelTags> tags(@Body List<ModelId> ids);

    /** The tags of each of at most 1000 versions that are there. */
    @Post("/tags/versions")
    List<VersionTags> versionTags(@Body List<ModelVersionId> ids);
}
