package dev.slipway.store.s3;

import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.s3.S3Settings.Encryption;
import dev.slipway.store.tests.ArtifactStoreConformance;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = RealServer.URL, matches = ".+", disabledReason = RealServer.NO_SERVER)
@EnabledIfEnvironmentVariable(named = RealServer.KMS_KEY, matches = ".+", disabledReason = RealServer.NO_KEY)
class MinioEncryptedArtifactStoreTest extends ArtifactStoreConformance {
    private static final String PREFIX = "encrypted/" + UUID.randomUUID() + "/";

    @Override
    protected ArtifactStore open(Path folder) {
        return S3ArtifactStore.open(
                RealServer.settings().withPrefix(PREFIX).withEncryption(new Encryption.KmsKey(RealServer.kmsKey())),
                InstantSource.system());
    }
}
