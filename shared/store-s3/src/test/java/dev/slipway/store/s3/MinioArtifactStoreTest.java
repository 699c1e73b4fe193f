package dev.slipway.store.s3;

import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.tests.ArtifactStoreConformance;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;

class MinioArtifactStoreTest extends ArtifactStoreConformance {
    private static final String PREFIX = "conformance/" + UUID.randomUUID() + "/";

    @BeforeAll
    static void skipWithoutServer() {
        RealServer.settings();
    }

    @Override
    protected ArtifactStore open(Path folder) {
        return S3ArtifactStore.open(RealServer.settings().withPrefix(PREFIX), InstantSource.system());
    }
}
