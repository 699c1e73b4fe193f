package dev.slipway.conversion;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.conversion.ParityReport;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ArtifactStore;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

/** Stores a verified file and attaches it to its model version. Each step may be repeated. */
@Singleton
final class FilePublication {
    private final ArtifactStore artifacts;
    private final Provider<RegistryApi> registry;
    private final ConversionRecord records;

    FilePublication(ArtifactStore artifacts, Provider<RegistryApi> registry, ConversionRecord records) {
        this.artifacts = artifacts;
        this.registry = registry;
        this.records = records;
    }

    void publish(JobContext job, Entity<ConversionId, Conversion> conversion, byte[] file, ParityReport report) {
        Conversion body = conversion.body();
        Artifact artifact = artifacts.put(file);
        registry.get()
                .attachFile(
                        body.modelVersion(),
                        new ModelFile(
                                conversion.id(),
                                body.target(),
                                body.precision(),
                                artifact.digest(),
                                artifact.size(),
                                report.maxAbsoluteError()));
        // Last, so that a conversion that says it succeeded is one whose file the registry has.
        records.succeeded(job, conversion, artifact);
    }
}
