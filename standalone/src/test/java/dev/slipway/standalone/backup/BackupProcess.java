package dev.slipway.standalone.backup;

import dev.slipway.administration.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A backup or restore in a process of its own, that is killed at some point of its work. */
final class BackupProcess {
    private static final String REACHED = "reached";

    private BackupProcess() {}

    public static void main(String[] arguments) {
        AtomicInteger left = new AtomicInteger(Integer.parseInt(arguments[4]));
        Progress progress = (work, done) -> {
            if (work.startsWith(arguments[3]) && left.decrementAndGet() == 0) {
                System.out.println(REACHED);
                waitForDeath();
            }
        };
        Path data = Path.of(arguments[1]);
        BackupFolder folder = new BackupFolder(Path.of(arguments[2]));
        if (arguments[0].equals("backup")) {
            new Backup(data, folder, List.of(), "test", InstantSource.system(), progress).run(Optional.empty());
        } else {
            new Restore(folder, data, InstantSource.system(), progress).run(Optional.empty());
        }
    }

    private static void waitForDeath() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts one and kills it, as {@code kill -9} does, when it tells of some work for the so manieth time. */
    static void killWhile(String operation, Path data, Path folder, String work, int times)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BackupProcess.class.getName(),
                        operation,
                        data.toString(),
                        folder.toString(),
                        work,
                        Integer.toString(times)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            while (line != null && !line.equals(REACHED)) {
                line = out.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("the " + operation + " ended before it could be killed");
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
