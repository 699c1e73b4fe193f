package dev.slipway.registry;

import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.registry.RegisterVersion;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.ArtifactStore;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.HashSet;

/** Lets only versions in whose every part exists, so that lineage has no loose ends. */
@Singleton
final class RegistrationCheck {
    private static final int MAX_CLASSES = 10_000;
    private static final int MAX_AXES = 8;

    private final Models models;
    private final ArtifactStore artifacts;
    // Providers, because these services in turn ask the registry.
    private final Provider<DatasetApi> datasets;
    private final Provider<TrainingApi> training;

    RegistrationCheck(
            Models models, ArtifactStore artifacts, Provider<DatasetApi> datasets, Provider<TrainingApi> training) {
        this.models = models;
        this.artifacts = artifacts;
        this.datasets = datasets;
        this.training = training;
    }

    void check(RegisterVersion request) {
        models.live(request.model());
        checkForm(request);
        if (artifacts.size(request.onnx()).isEmpty()) {
            throw SlipwayException.invalid(
                    "registry.artifact", "The ONNX model " + request.onnx() + " is not stored; store it first.");
        }
        if (datasets.get().version(request.datasetVersion()) == null) {
            throw SlipwayException.notFound(
                    "dataset-version.unknown", "There is no dataset version " + request.datasetVersion() + ".");
        }
        if (training.get().run(request.run()) == null) {
            throw SlipwayException.notFound("run.unknown", "There is no run " + request.run() + ".");
        }
    }

    private static void checkForm(RegisterVersion request) {
        int classes = request.classes().size();
        if (classes < 1 || classes > MAX_CLASSES || new HashSet<>(request.classes()).size() != classes) {
            throw SlipwayException.invalid(
                    "model-version.classes",
                    "A version needs 1 to " + MAX_CLASSES + " classes, all different; " + classes + " were given.");
        }
        int axes = request.inputShape().size();
        if (axes < 1 || axes > MAX_AXES || request.inputShape().stream().anyMatch(length -> length < 1)) {
            throw SlipwayException.invalid(
                    "model-version.input-shape",
                    "An input shape has 1 to " + MAX_AXES + " axes, each at least 1 long, not " + request.inputShape()
                            + ".");
        }
    }
}
