package dev.slipway.registry;

import dev.slipway.api.registry.GateReport;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.api.registry.ModelVersion;
import io.micronaut.core.annotation.Nullable;
import java.util.List;

/** Changed copies of a version's body; only its files and its judgement ever change. */
final class VersionBodies {
    private VersionBodies() {}

    static ModelVersion with(ModelVersion version, List<ModelFile> files, @Nullable GateReport gates) {
        return new ModelVersion(
                version.model(),
                version.number(),
                version.run(),
                version.datasetVersion(),
                version.onnx(),
                version.classes(),
                version.inputShape(),
                List.copyOf(files),
                gates);
    }
}
