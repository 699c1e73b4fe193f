package dev.slipway.training.host;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a program of this machine for what it prints, for so long and so much. */
final class Command {
    private static final Logger LOG = LoggerFactory.getLogger(Command.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Command() {}

    /**
     * What the program prints; empty when it can't be started, fails, takes longer than ten seconds or prints more.
     *
     * @param environment what is set beside that of this process
     * @param limit in bytes
     */
    static Optional<byte[]> output(List<String> words, Path folder, Map<String, String> environment, int limit)
            throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            try {
                return output(process, limit);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.debug("{} can't be asked: {}", words.get(0), e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<byte[]> output(Process process, int limit) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        FutureTask<byte[]> reading = new FutureTask<>(() -> {
            try (InputStream printed = process.getInputStream()) {
                return printed.readNBytes(limit + 1);
            }
        });
        Thread reader = new Thread(reading, "command-output");
        reader.setDaemon(true);
        reader.start();
        try {
            byte[] printed = reading.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            boolean ended = printed.length <= limit
                    && process.waitFor(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return ended && process.exitValue() == 0 ? Optional.of(printed) : Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("a command of this machine gave no answer", e);
            return Optional.empty();
        }
    }

    private static File nothing() {
        return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }
}
