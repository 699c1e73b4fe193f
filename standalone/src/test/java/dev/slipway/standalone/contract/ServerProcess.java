package dev.slipway.standalone.contract;

import dev.slipway.standalone.Main;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code slipway serve} in a JVM of its own. */
public final class ServerProcess implements AutoCloseable {
    private static final int MAX_LINES = 500;
    /** Only a guard: a server on an idle machine is there after a few seconds. */
    private static final long START_SECONDS = 180;

    private static final Argument<Map<String, Object>> OBJECT = Argument.mapOf(String.class, Object.class);

    private final Process process;
    private final Deque<String> lines = new ArrayDeque<>();
    private final CompletableFuture<URI> uri = new CompletableFuture<>();

    private ServerProcess(Process process) {
        this.process = process;
    }

    /** Returns when the server has told its address, on a free port. */
    static ServerProcess start(Path data, Map<String, String> environment, List<String> services) {
        return start(data, environment, services, 0, "-Xmx512m");
    }

    /** Returns when the server has told its address. */
    public static ServerProcess start(
            Path data, Map<String, String> environment, List<String> services, int port, String heap) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                Main.class.getName(),
                "serve"));
        command.addAll(services);
        command.addAll(List.of("--port", Integer.toString(port), "--data", data.toString(), "--json"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // ONNX Runtime 1.29 dies of a long command line, so the class path goes another way.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putAll(environment);
        try {
            ServerProcess server = new ServerProcess(builder.start());
            server.listen();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        // Should this JVM end without closing what it opened.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Thread reader = new Thread(this::read, "server-output-" + process.pid());
        reader.setDaemon(true);
        reader.start();
        try {
            uri.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new IllegalStateException("the server did not start:\n" + output(), e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server started", e);
        }
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                remember(line);
                if (!uri.isDone() && line.startsWith("{") && line.contains("\"port\"")) {
                    uri.complete(URI.create(ObjectMapper.getDefault()
                            .readValue(line, OBJECT)
                            .get("url")
                            .toString()));
                }
            }
            uri.completeExceptionally(new IllegalStateException("the server has ended"));
        } catch (IOException | RuntimeException e) {
            uri.completeExceptionally(e);
        }
    }

    private void remember(String line) {
        synchronized (lines) {
            if (lines.size() == MAX_LINES) {
                lines.removeFirst();
            }
            lines.addLast(line);
        }
    }

    public URI uri() {
        return uri.join();
    }

    public long processId() {
        return process.pid();
    }

    /** The last lines that it has printed. */
    public String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** Ends it as {@code kill -9} does; returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server was killed", e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
