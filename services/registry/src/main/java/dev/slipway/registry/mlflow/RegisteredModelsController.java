package dev.slipway.registry.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.api.registry.Stage;
import dev.slipway.kernel.Role;
import dev.slipway.mlflow.KeyValueMessage;
import dev.slipway.registry.ModelEdits;
import dev.slipway.registry.Models;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Registered models. */
@Controller("/api/2.0/mlflow/registered-models")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.VIEWER)
class RegisteredModelsController {
    private final Models models;
    private final ModelEdits edits;
    private final VersionLookup versions;
    private final Wire wire;

    RegisteredModelsController(Models models, ModelEdits edits, VersionLookup versions, Wire wire) {
        this.models = models;
        this.edits = edits;
        this.versions = versions;
        this.wire = wire;
    }

    @Post("/create")
    @Allowed(Role.ENGINEER)
    ModelAnswer create(@Body ModelRequests.Create request) {
        return new ModelAnswer(wire.model(
                models.createNew(request.name(), request.description(), KeyValueMessage.byKey(request.tags()))));
    }

    @Post("/rename")
    @Allowed(Role.ENGINEER)
    ModelAnswer rename(@Body ModelRequests.Rename request) {
        return new ModelAnswer(wire.model(edits.rename(request.name(), request.newName())));
    }

    @Patch("/update")
    @Allowed(Role.ENGINEER)
    ModelAnswer update(@Body ModelRequests.Update request) {
        return new ModelAnswer(wire.model(edits.describe(request.name(), request.description())));
    }

    @Delete("/delete")
    @Allowed(Role.ENGINEER)
    Empty delete(@Body ModelRequests.Named request) {
        edits.delete(request.name());
        return new Empty();
    }

    @Get("/get")
    ModelAnswer get(@Nullable @QueryValue String name) {
        return new ModelAnswer(wire.model(models.named(Given.text("name", name))));
    }

    @Get("/get-latest-versions")
    VersionsAnswer latest(@Nullable @QueryValue String name, @Nullable @QueryValue List<String> stages) {
        return latest(new ModelRequests.Latest(Given.text("name", name), stages));
    }

    @Post("/get-latest-versions")
    VersionsAnswer latest(@Body ModelRequests.Latest request) {
        var model = models.named(request.name());
        return new VersionsAnswer(wire.versions(model, versions.latest(model, stages(request.stages()))), null);
    }

    private static Set<Stage> stages(@Nullable List<String> labels) {
        return labels == null || labels.isEmpty()
                ? EnumSet.allOf(Stage.class)
                : labels.stream().map(Given::stage).collect(Collectors.toSet());
    }
}
