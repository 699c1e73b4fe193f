package dev.slipway.registry;

import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.Stage;
import dev.slipway.api.registry.VersionDetails;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.registry.onnx.FoundOnnx;
import dev.slipway.registry.onnx.OnnxFinder;
import dev.slipway.runtime.caller.Callers;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Registers versions by the address of their files, as MLflow's clients do. */
@Singleton
public final class SourceRegistration {
    /** The tag by which whoever registers a classifier tells its labels, with commas between them. */
    private static final String CLASSES = "slipway.classes";

    private static final int MAX_ADDRESS = 6000;
    private static final Pattern OUR_RUN = Pattern.compile("[0-9a-f]{32}");

    private final Models models;
    private final Versions versions;
    private final Provider<TrainingApi> training;
    private final Callers callers;
    private final OnnxFinder onnx;

    SourceRegistration(
            Models models, Versions versions, Provider<TrainingApi> training, Callers callers, OnnxFinder onnx) {
        this.models = models;
        this.versions = versions;
        this.training = training;
        this.callers = callers;
        this.onnx = onnx;
    }

    /**
     * Registers a version of the model of that name.
     *
     * @param number null for the next one; otherwise that of a version that is brought here from elsewhere, {@code
     *     model-version.exists} if it was given before
     */
    public Entity<ModelVersionId, ModelVersion> register(
            String name,
            @Nullable Integer number,
            VersionOrigin origin,
            @Nullable String description,
            Map<String, String> tags) {
        Texts.checkDescription(description);
        Texts.atMost(MAX_ADDRESS, "source", origin.source());
        Texts.atMost(MAX_ADDRESS, "run link", origin.runLink());
        Entity<ModelId, Model> model = models.named(name);
        Optional<Entity<RunId, Run>> run = run(origin.runId());
        FoundOnnx found = onnx.at(origin.location(), tags.get(CLASSES));
        return versions.register(new NewVersion(
                model.id(),
                number,
                run.map(Entity::id).orElse(null),
                run.map(known -> known.body().datasetVersion()).orElse(null),
                found.onnx(),
                found.classes(),
                found.inputShape(),
                details(origin, description, found.reason()),
                tags,
                null));
    }

    private VersionDetails details(VersionOrigin origin, @Nullable String description, @Nullable String statusMessage) {
        return new VersionDetails(
                description,
                Stage.NONE,
                origin.source(),
                origin.location(),
                origin.runId(),
                origin.runLink(),
                origin.loggedModel(),
                callers.current().subject(),
                statusMessage,
                null);
    }

    /** The run, if it is one of ours: others stay a mere text. */
    private Optional<Entity<RunId, Run>> run(@Nullable String id) {
        return Optional.ofNullable(id)
                .filter(text -> OUR_RUN.matcher(text).matches())
                .map(text -> training.get().run(new RunId(text)));
    }
}
