package dev.slipway.registry.mlflow;

import dev.slipway.api.Allowed;
import dev.slipway.api.Required;
import dev.slipway.api.training.ArtifactInfo;
import dev.slipway.api.training.ArtifactsApi;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.mlflow.ArtifactPath;
import dev.slipway.mlflow.Attachments;
import dev.slipway.registry.Models;
import dev.slipway.registry.VersionLookup;
import dev.slipway.runtime.files.FileResponder;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Single files of versions, for MLflow's own page. */
@Controller("/model-versions")
@ExecuteOn(TaskExecutors.BLOCKING)
@Allowed(Role.VIEWER)
class VersionFilesController {
    private final Models models;
    private final VersionLookup versions;
    private final ArtifactsApi tree;
    private final FileResponder responder;

    VersionFilesController(Models models, VersionLookup versions, ArtifactsApi tree, FileResponder responder) {
        this.models = models;
        this.versions = versions;
        this.tree = tree;
        this.responder = responder;
    }

    @Get(value = "/get-artifact", headRoute = false)
    HttpResponse<?> get(
            HttpRequest<?> request,
            @Nullable @QueryValue String name,
            @Nullable @QueryValue String version,
            @Nullable @QueryValue String path) {
        Required.part("path", path);
        ArtifactPath below = ArtifactPath.of(path);
        var model = models.named(Given.text("name", name));
        var found = versions.numbered(model, Given.number(Given.text("version", version)));
        String location = Given.orEmpty(found.body().details().location());
        if (!ArtifactPath.isAddress(location)) {
            throw SlipwayException.unsupported(
                    "artifact.elsewhere",
                    "The files of this version lie at '" + location + "', which this server does not read.");
        }
        ArtifactPath place = ArtifactPath.ofAddress(location).resolve(below);
        ArtifactInfo file = tree.find(place.toString());
        if (file == null || file.artifact() == null) {
            throw SlipwayException.notFound("artifact.none", "No such artifact: '" + below + "'.");
        }
        return Attachments.named(place.name(), responder.respond(request, file.artifact(), file.size()));
    }
}
