package dev.slipway.store.s3;

import dev.slipway.s3.server.S3Server;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.tests.ArtifactStoreConformance;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class S3ArtifactStoreTest extends ArtifactStoreConformance {
    @TempDir
    static Path objects;

    private static S3Server server;

    @BeforeAll
    static void start() {
        server = S3Server.start(objects);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected ArtifactStore open(Path folder) {
        return S3ArtifactStore.open(
                S3Settings.of(server.endpoint(), "artifacts", S3Server.ACCESS_KEY, S3Server.SECRET_KEY),
                InstantSource.system());
    }
}
