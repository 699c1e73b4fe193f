package dev.slipway.administration;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ArtifactStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.OptionalLong;

/** Puts artifacts; the store verifies them. One that it has, a stopped import has put. */
final class ArtifactSink implements LineSink {
    private final ArtifactStore artifacts;
    private final ExportFolder folder;

    ArtifactSink(ArtifactStore artifacts, ExportFolder folder) {
        this.artifacts = artifacts;
        this.folder = folder;
    }

    @Override
    public void write(byte[] line) throws IOException {
        Artifact artifact = ArtifactJson.read(line);
        if (artifacts.size(artifact.digest()).equals(OptionalLong.of(artifact.size()))) {
            return;
        }
        String name = folder.artifact(artifact.digest());
        try (InputStream bytes = Files.newInputStream(folder.file(name))) {
            artifacts.put(bytes, Optional.of(artifact.digest()));
        } catch (NoSuchFileException e) {
            throw folder.missing(name);
        } catch (SlipwayException e) {
            if (e.code().equals("artifact.digest-mismatch")) {
                throw SlipwayException.invalid(
                        "export.altered",
                        folder.file(name) + " is not the artifact that was exported. Copy the export again.",
                        e);
            }
            throw e;
        }
    }

    @Override
    public void flush() {
        // Each is put at once.
    }
}
