package dev.slipway.registry.mlflow;

import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.VersionDetails;
import dev.slipway.api.training.ArtifactHome;
import dev.slipway.api.training.ArtifactsApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.mlflow.KeyValueMessage;
import dev.slipway.registry.VersionOrigin;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out where a version comes from, and holds what was said of it against the address: files of a run or logged model
 * are registered only by whoever names that run or model.
 */
@Singleton
final class ModelSources {
    private static final String PROMPT = "mlflow.prompt.is_prompt";
    private static final Set<String> PROMPT_SOURCES = Set.of("dummy-source", "prompt-template");

    private final ModelUris uris;
    // A provider, because the training service in turn asks the registry.
    private final Provider<ArtifactsApi> artifacts;

    ModelSources(ModelUris uris, Provider<ArtifactsApi> artifacts) {
        this.uris = uris;
        this.artifacts = artifacts;
    }

    /** Fails with {@code model-version.source} for an address that can't be registered. */
    VersionOrigin origin(VersionRequests.Create request) {
        String source = request.source();
        if (isPrompt(request)) {
            if (!PROMPT_SOURCES.contains(source)) {
                throw SourceAddress.refused(source, "A prompt has no files; give one of " + PROMPT_SOURCES);
            }
            return origin(request, source, source, request.runId(), null);
        }
        SourceAddress address = SourceAddress.of(source);
        return switch (address.scheme()) {
            case "models" -> ofModel(request, address);
            case "runs" -> ofRun(request, address);
            case "mlflow-artifacts" -> proxied(request, address);
            default -> origin(request, source, source, request.runId(), request.modelId());
        };
    }

    private static boolean isPrompt(VersionRequests.Create request) {
        return "true".equalsIgnoreCase(KeyValueMessage.byKey(request.tags()).get(PROMPT));
    }

    /** A logged model must be named; a registered version hands on what is known of it. */
    private VersionOrigin ofModel(VersionRequests.Create request, SourceAddress address) {
        ModelUris.Named named = uris.read(address);
        if (named instanceof ModelUris.Logged logged) {
            demand(address, logged.id().equals(request.modelId()), "model_id");
            Optional<ArtifactHome> home = Optional.ofNullable(artifacts.get().home(logged.id()));
            String run = isEmpty(request.runId())
                    ? home.map(ArtifactHome::run).map(RunId::value).orElse(null)
                    : request.runId();
            return origin(
                    request,
                    address.text(),
                    home.map(ArtifactHome::uri).orElse(address.text()),
                    run,
                    request.modelId());
        }
        Entity<ModelVersionId, ModelVersion> version = uris.version(named);
        Entity<ModelId, Model> model = uris.model(version.body().model());
        VersionDetails details = version.body().details();
        demandSame(address, request.runId(), details.runId(), "run_id");
        demandSame(address, request.modelId(), details.loggedModel(), "model_id");
        return origin(
                request,
                "models:/" + model.body().name() + "/" + version.body().number(),
                details.location(),
                details.runId(),
                details.loggedModel());
    }

    private VersionOrigin ofRun(VersionRequests.Create request, SourceAddress address) {
        String run = address.parts().get(0);
        demand(address, run.equals(request.runId()), "run_id");
        String within =
                String.join("/", address.parts().subList(1, address.parts().size()));
        String location = Optional.ofNullable(artifacts.get().home(run))
                .map(home -> within.isEmpty() ? home.uri() : home.uri() + "/" + within)
                .orElse(address.text());
        return origin(request, address.text(), location, run, null);
    }

    private static VersionOrigin proxied(VersionRequests.Create request, SourceAddress address) {
        if (isEmpty(request.modelId())) {
            String run = request.runId();
            demand(address, !isEmpty(run) && address.passes(List.of(run, "artifacts")), "run_id");
        } else {
            demand(address, address.passes(List.of("models", request.modelId(), "artifacts")), "model_id");
        }
        return origin(request, address.text(), address.text(), request.runId(), request.modelId());
    }

    private static void demand(SourceAddress address, boolean holds, String parameter) {
        if (!holds || !address.authority().isEmpty()) {
            throw SourceAddress.refused(
                    address.text(), "Name in " + parameter + " what the files belong to, on this server");
        }
    }

    private static void demandSame(
            SourceAddress address, @Nullable String said, @Nullable String known, String parameter) {
        if (said != null && !Given.orEmpty(said).equals(Given.orEmpty(known))) {
            throw SourceAddress.refused(
                    address.text(),
                    "That version has " + parameter + " '" + Objects.requireNonNullElse(known, "")
                            + "'; name the same or" + " none");
        }
    }

    private static VersionOrigin origin(
            VersionRequests.Create request,
            String source,
            @Nullable String location,
            @Nullable String run,
            @Nullable String loggedModel) {
        return new VersionOrigin(
                source,
                location,
                isEmpty(run) ? null : run,
                isEmpty(request.runLink()) ? null : request.runLink(),
                isEmpty(loggedModel) ? null : loggedModel);
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }
}
