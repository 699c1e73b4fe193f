package dev.slipway.store.s3;

import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.tests.ArtifactStoreConformance;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = RealServer.URL, matches = ".+", disabledReason = RealServer.NO_SERVER)
class MinioArtifactStoreTest extends ArtifactStoreConformance {
    private static final String PREFIX = "conformance/" + UUID.randomUUID() + "/";

    @Override
    protected ArtifactStore open(Path folder) {
        return S3ArtifactStore.open(RealServer.settings().withPrefix(PREFIX), InstantSource.system());
    }
}
