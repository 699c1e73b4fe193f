package dev.slipway.store.s3;

import dev.slipway.s3.server.S3Server;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class S3ProxyBehaviourTest extends S3Behaviour {
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
    S3Settings server() {
        return S3Settings.of(server.endpoint(), "behaviour", S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
    }
}
