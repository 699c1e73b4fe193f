package dev.slipway.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.s3.server.S3Server;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallHeapTest {
    private static final long SIZE = 100L << 20;

    @TempDir
    Path objects;

    @Test
    void anArtifactLargerThanTheHeapIsPutAndGot() throws Exception {
        try (S3Server server = S3Server.start(objects)) {
            ProcessBuilder command = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx48m",
                            SmallHeap.class.getName(),
                            server.endpoint().toString(),
                            S3Server.ACCESS_KEY,
                            S3Server.SECRET_KEY,
                            Long.toString(SIZE))
                    .redirectErrorStream(true);
            command.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            Process process = command.start();
            try {
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
                assertThat(said).contains(SIZE + " bytes put in").contains(SIZE + " bytes got in");
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
