package dev.slipway.conversion;

import dev.slipway.api.conversion.Conversion;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.conversion.child.JobFolder;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ArtifactStore;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

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

    /** Stores the reports of a comparison. */
    ConversionRecord.Reports reports(JobFolder folder) {
        return new ConversionRecord.Reports(stored(folder.reportJson()), stored(folder.reportPage()));
    }

    void publish(JobContext job, Entity<ConversionId, Conversion> conversion, Path converted, ConversionRecipe recipe) {
        attach(job, conversion, put(converted), recipe);
    }

    /** Whether the file of a conversion that succeeded is still there, and its reports. */
    boolean hasAll(Conversion made) {
        return made.file() != null
                && made.report() != null
                && isThere(made.file())
                && (made.reportJson() == null || isThere(made.reportJson()))
                && (made.reportPage() == null || isThere(made.reportPage()));
    }

    /** Attaches the file that an equal conversion has made; reading it once more makes sure that it is whole. */
    void publishAgain(
            JobContext job, Entity<ConversionId, Conversion> conversion, Conversion made, ConversionRecipe recipe) {
        try (InputStream bytes = artifacts.open(made.file(), 0, OptionalLong.empty())) {
            // Putting it again keeps it from being collected as unused in the meantime.
            attach(job, conversion, artifacts.put(bytes, Optional.of(made.file())), recipe);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void attach(
            JobContext job, Entity<ConversionId, Conversion> conversion, Artifact artifact, ConversionRecipe recipe) {
        Conversion body = conversion.body();
        registry.get()
                .attachFile(
                        body.modelVersion(),
                        new ModelFile(
                                conversion.id(),
                                body.target(),
                                body.precision(),
                                body.layout(),
                                artifact.digest(),
                                artifact.size(),
                                body.report().maxAbsoluteError()));
        // Last, so that a conversion that says it succeeded is one whose file the registry has.
        records.succeeded(job, conversion, artifact, recipe);
    }

    private boolean isThere(Digest digest) {
        return artifacts.size(digest).isPresent();
    }

    private @Nullable Digest stored(Path file) {
        return Files.exists(file) ? put(file).digest() : null;
    }

    private Artifact put(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            return artifacts.put(bytes, Optional.empty());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static SlipwayException unreadable(IOException cause) {
        return SlipwayException.unavailable(
                "conversion.file", "The converted file can't be read: " + cause.getMessage() + ".", cause);
    }
}
