package dev.slipway.cassandra.server;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One life of the server: its process, and the thread that reads what it says. */
final class ServerProcess {
    private static final int START_SECONDS = 120;
    private static final int TAIL = 60;

    private final Process process;
    private final Path log;
    private final Set<String> awaited;
    private final Deque<String> tail = new ArrayDeque<>();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();

    /**
     * Starts the process; its output goes to the log.
     *
     * @param awaited what it must have said, each in a line of its own, before it is ready
     */
    ServerProcess(ProcessBuilder command, Path log, Collection<String> awaited) throws IOException {
        this.log = log;
        this.awaited = new HashSet<>(awaited);
        this.process = command.redirectErrorStream(true).start();
        Thread reader = new Thread(this::read, "cassandra-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                BufferedWriter file =
                        Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                file.write(line + "\n");
                file.flush();
                note(line);
            }
        } catch (IOException e) {
            note("The log ends here: " + e.getMessage());
        }
        ready.complete(false);
    }

    private synchronized void note(String line) {
        tail.addLast(line);
        if (tail.size() > TAIL) {
            tail.removeFirst();
        }
        if (awaited.removeIf(line::contains) && awaited.isEmpty()) {
            ready.complete(true);
        }
    }

    /** Returns once clients can connect; the process is dead when this fails. */
    void awaitReady() {
        boolean started = false;
        try {
            started = ready.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            note("Not ready after " + START_SECONDS + " s.");
        }
        if (!started) {
            kill();
            throw new IllegalStateException("Cassandra did not start; its log " + log + " ends so:\n" + tail());
        }
    }

    private synchronized String tail() {
        return String.join("\n", tail);
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() {
        process.destroyForcibly();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                // The process is dying already; the caller learns of the interrupt below.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
