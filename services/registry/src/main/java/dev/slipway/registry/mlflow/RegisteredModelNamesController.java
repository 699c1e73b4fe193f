package dev.slipway.registry.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.kernel.Role;
import dev.slipway.registry.Aliases;
import dev.slipway.registry.Models;
import dev.slipway.registry.TagEdits;
import dev.slipway.registry.VersionLookup;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Tags of registered models, and the aliases of their versions. */
@Controller("/api/2.0/mlflow/registered-models")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.VIEWER)
class RegisteredModelNamesController {
    private final TagEdits tags;
    private final Aliases aliases;
    private final Models models;
    private final VersionLookup versions;
    private final Wire wire;

    RegisteredModelNamesController(TagEdits tags, Aliases aliases, Models models, VersionLookup versions, Wire wire) {
        this.tags = tags;
        this.aliases = aliases;
        this.models = models;
        this.versions = versions;
        this.wire = wire;
    }

    @Post("/set-tag")
    @Allowed(Role.ENGINEER)
    Empty setTag(@Body ModelRequests.SetTag request) {
        tags.set(request.name(), request.key(), Given.orEmpty(request.value()));
        return new Empty();
    }

    @Delete("/delete-tag")
    @Allowed(Role.ENGINEER)
    Empty deleteTag(@Body ModelRequests.DeleteTag request) {
        tags.remove(request.name(), request.key());
        return new Empty();
    }

    @Post("/alias")
    @Allowed(Role.ENGINEER)
    Empty setAlias(@Body ModelRequests.SetAlias request) {
        aliases.set(request.name(), request.alias(), Given.number(request.version()));
        return new Empty();
    }

    @Delete("/alias")
    @Allowed(Role.ENGINEER)
    Empty deleteAlias(@Body ModelRequests.DeleteAlias request) {
        aliases.remove(request.name(), request.alias());
        return new Empty();
    }

    @Get("/alias")
    VersionAnswer aliased(@Nullable @QueryValue String name, @Nullable @QueryValue String alias) {
        var model = models.named(Given.text("name", name));
        return new VersionAnswer(wire.version(versions.aliased(model, Given.text("alias", alias))));
    }
}
