package dev.slipway.registry.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.mlflow.KeyValueMessage;
import dev.slipway.registry.Models;
import dev.slipway.registry.SourceRegistration;
import dev.slipway.registry.TagEdits;
import dev.slipway.registry.VersionEdits;
import dev.slipway.registry.VersionLookup;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Versions of registered models. */
@Controller("/api/2.0/mlflow/model-versions")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.VIEWER)
class ModelVersionsController {
    private final ModelSources sources;
    private final SourceRegistration registration;
    private final Models models;
    private final VersionLookup versions;
    private final VersionEdits edits;
    private final TagEdits tags;
    private final Wire wire;

    ModelVersionsController(
            ModelSources sources,
            SourceRegistration registration,
            Models models,
            VersionLookup versions,
            VersionEdits edits,
            TagEdits tags,
            Wire wire) {
        this.sources = sources;
        this.registration = registration;
        this.models = models;
        this.versions = versions;
        this.edits = edits;
        this.tags = tags;
        this.wire = wire;
    }

    @Post("/create")
    @Allowed(Role.ENGINEER)
    VersionAnswer create(@Body VersionRequests.Create request) {
        Integer number = request.version() == null ? null : Given.number(request.version());
        return answer(registration.register(
                request.name(),
                number,
                sources.origin(request),
                request.description(),
                KeyValueMessage.byKey(request.tags())));
    }

    @Patch("/update")
    @Allowed(Role.ENGINEER)
    VersionAnswer update(@Body VersionRequests.Update request) {
        return answer(edits.describe(request.name(), Given.number(request.version()), request.description()));
    }

    @Post("/transition-stage")
    @Allowed(Role.ENGINEER)
    VersionAnswer move(@Body VersionRequests.Move request) {
        boolean archiveOthers = Boolean.TRUE.equals(request.archiveExistingVersions());
        return answer(edits.move(
                request.name(), Given.number(request.version()), Given.stage(request.stage()), archiveOthers));
    }

    @Delete("/delete")
    @Allowed(Role.ENGINEER)
    Empty delete(@Body VersionRequests.Numbered request) {
        edits.delete(request.name(), Given.number(request.version()));
        return new Empty();
    }

    @Get("/get")
    VersionAnswer get(@Nullable @QueryValue String name, @Nullable @QueryValue String version) {
        return answer(numbered(name, version));
    }

    @Get("/get-download-uri")
    DownloadAnswer location(@Nullable @QueryValue String name, @Nullable @QueryValue String version) {
        return new DownloadAnswer(
                Given.orEmpty(numbered(name, version).body().details().location()));
    }

    @Post("/set-tag")
    @Allowed(Role.ENGINEER)
    Empty setTag(@Body VersionRequests.SetTag request) {
        tags.set(request.name(), Given.number(request.version()), request.key(), Given.orEmpty(request.value()));
        return new Empty();
    }

    @Delete("/delete-tag")
    @Allowed(Role.ENGINEER)
    Empty deleteTag(@Body VersionRequests.DeleteTag request) {
        tags.remove(request.name(), Given.number(request.version()), request.key());
        return new Empty();
    }

    private Entity<ModelVersionId, ModelVersion> numbered(@Nullable String name, @Nullable String version) {
        var model = models.named(Given.text("name", name));
        return versions.numbered(model, Given.number(Given.text("version", version)));
    }

    private VersionAnswer answer(Entity<ModelVersionId, ModelVersion> version) {
        return new VersionAnswer(wire.version(version));
    }
}
