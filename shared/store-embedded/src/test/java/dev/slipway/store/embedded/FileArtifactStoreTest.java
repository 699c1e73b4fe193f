package dev.slipway.store.embedded;

import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.tests.ArtifactStoreConformance;
import java.nio.file.Path;
import java.time.InstantSource;

class FileArtifactStoreTest extends ArtifactStoreConformance {
    @Override
    protected ArtifactStore open(Path folder) {
        return new FileArtifactStore(folder.resolve("artifacts"), InstantSource.system());
    }
}
