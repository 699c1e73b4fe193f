package dev.slipway.registry;

import dev.slipway.api.registry.GateReport;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.VersionDetails;
import io.micronaut.core.annotation.Nullable;
import java.util.List;

/** Changed copies of a version's body; only its files, its judgement and its details ever change. */
final class VersionBodies {
    private VersionBodies() {}

    static ModelVersion with(ModelVersion version, List<ModelFile> files, @Nullable GateReport gates) {
        return with(version, files, gates, version.details());
    }

    static ModelVersion with(ModelVersion version, VersionDetails details) {
        return with(version, version.files(), version.gates(), details);
    }

    private static ModelVersion with(
            ModelVersion version, List<ModelFile> files, @Nullable GateReport gates, VersionDetails details) {
        return new ModelVersion(
                version.model(),
                version.number(),
                version.run(),
                version.datasetVersion(),
                version.onnx(),
                version.classes(),
                version.inputShape(),
                List.copyOf(files),
                gates,
                details);
    }
}
