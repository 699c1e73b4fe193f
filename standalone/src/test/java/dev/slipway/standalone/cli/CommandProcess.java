package dev.slipway.standalone.cli;

import dev.slipway.standalone.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A command line in a JVM of its own. */
public final class CommandProcess implements AutoCloseable {
    /** Only a guard, after which the process is killed: the longest command takes a fraction of it. */
    private static final long LONGEST_SECONDS = 240;

    private final Process process;
    private final BufferedReader out;
    private final Path err;

    private CommandProcess(Process process, Path err) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.err = err;
    }

    /**
     * Starts it; close it, lest it outlive the test.
     *
     * @param folder where the process runs, and leaves what it says on standard error
     */
    public static CommandProcess start(Path folder, Map<String, String> environment, String... arguments) {
        Path err = folder.resolve("standard-error.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile());
        // Not as an argument: ONNX Runtime overflows the stack where the command line is over 10,000 characters.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            CompletableFuture.delayedExecutor(LONGEST_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
            return new CommandProcess(process, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line on standard output, which may be long in coming. */
    public String nextLine() {
        try {
            String line = out.readLine();
            if (line == null) {
                throw new IllegalStateException("the process has ended:\n" + Files.readString(err));
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What came of it, with the rest of the output, once it has ended. */
    public CommandResult end() {
        try {
            String rest = out.lines().collect(Collectors.joining(System.lineSeparator()));
            return new CommandResult(process.waitFor(), rest, Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the process ran", e);
        }
    }

    /** Whether {@link #askToStop} asks, instead of killing. */
    public boolean canBeAskedToStop() {
        return process.supportsNormalTermination();
    }

    /** What a service manager does first. */
    public void askToStop() {
        // By its handle, since the process itself closes its output too.
        process.toHandle().destroy();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
