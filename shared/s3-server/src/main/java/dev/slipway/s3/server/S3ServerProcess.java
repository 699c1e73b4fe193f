package dev.slipway.s3.server;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * An S3 server for tests as a process of its own, on a free port of 127.0.0.1, which can be killed and started again on
 * the same address. Its class path is its own: who starts it needs none of its libraries. It ends with this JVM.
 */
public final class S3ServerProcess implements AutoCloseable {
    static final String READY = "s3 server at ";

    private final Path folder;
    private Process process;
    private URI endpoint;

    private S3ServerProcess(Path folder) {
        this.folder = folder;
    }

    /** Starts a server that keeps its objects in a folder, and waits until it answers. */
    public static S3ServerProcess start(Path folder) {
        S3ServerProcess server = new S3ServerProcess(folder);
        server.launch(0);
        return server;
    }

    /** Where it answers, for instance {@code http://127.0.0.1:40001}; the same after a restart. */
    public URI endpoint() {
        return endpoint;
    }

    /** The access key of the one account. */
    public String accessKey() {
        return "slipway-test";
    }

    /** The secret key of the one account. */
    public String secretKey() {
        return "slipway-test-secret";
    }

    /** Ends the process as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** Starts a killed server on the same address and folder. */
    public void restart() {
        kill();
        launch(endpoint.getPort());
    }

    private void launch(int port) {
        try {
            process = command(port).start();
            // Read to its end by a thread, because a full pipe would stop the server.
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            String line = lines.readLine();
            while (line != null && !line.startsWith(READY)) {
                line = lines.readLine();
            }
            if (line == null) {
                kill();
                throw new IllegalStateException("The S3 server ended at once with exit status " + process.exitValue());
            }
            endpoint = URI.create(line.substring(READY.length()));
            drain(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder command(int port) {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=dev/slipway/s3/server/logback.xml",
                        S3ServerMain.class.getName(),
                        folder.toAbsolutePath().toString(),
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CLASSPATH", classPath());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder;
    }

    /** This module, then what the build has found that it needs. */
    private static String classPath() {
        try (InputStream libraries = S3ServerProcess.class.getResourceAsStream("class-path.txt")) {
            Path self = Path.of(S3ServerProcess.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return self + File.pathSeparator + new String(libraries.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void drain(BufferedReader lines) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (lines.readLine() != null) {
                            // What it says after it is ready is of no use.
                        }
                    } catch (IOException e) {
                        // The pipe of a killed process.
                    }
                },
                "s3-server-output");
        thread.setDaemon(true);
        thread.start();
    }

    private void await() {
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("The S3 server does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the S3 server ends", e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
