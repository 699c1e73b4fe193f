package dev.slipway.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Puts and gets an artifact of 1 GiB in a JVM with 64 MB of heap; beside it, {@code cp} and then {@code sha256sum} on the
 * same file. All of them find the file in the page cache. The put ends with the bytes forced to the disk, which {@code cp}
 * does not do, so {@code sync} of the copy is measured as well.
 */
final class ArtifactCopies implements Measurement {
    private static final long SIZE = 1L << 30;
    private static final int ROUNDS = 3;
    private static final String HEAP = "-Xmx64m";

    @Override
    public void run(Path folder, PrintStream out) throws Exception {
        Path file = folder.resolve("artifact");
        Path copy = folder.resolve("copy");
        write(file);
        seconds(List.of("sha256sum", file.toString()));
        Path store = folder.resolve("store");
        List<Double> times = Load.inTurns(
                ROUNDS,
                List.of(
                        () -> {
                            // A file that is written over is flushed by some file systems, a new one is not.
                            Files.deleteIfExists(copy);
                            return seconds(List.of("cp", file.toString(), copy.toString()));
                        },
                        () -> seconds(List.of("sync", copy.toString())),
                        () -> seconds(List.of("sha256sum", copy.toString())),
                        () -> child("put", store, file),
                        () -> child("get", store, file),
                        () -> child("delete", store, file)));
        double copying = times.get(0);
        double syncing = times.get(1);
        double hashing = times.get(2);
        double put = times.get(3);
        double get = times.get(4);
        out.printf("artifact of 1 GiB, %s: put %s, get %s%n", HEAP, speed(put), speed(get));
        out.printf(
                "  cp %.2f s, sync %.2f s, sha256sum %.2f s; speed of the put beside all three: ratio %.2f%n",
                copying, syncing, hashing, (copying + syncing + hashing) / put);
        out.printf(
                "  beside cp and sha256sum, which leave the copy in memory: ratio of the put %.2f, of the get %.2f%n",
                (copying + hashing) / put, (copying + hashing) / get);
    }

    private static String speed(double seconds) {
        return "%.2f s (%.0f MB/s)".formatted(seconds, SIZE / 1e6 / seconds);
    }

    private static void write(Path file) throws IOException {
        byte[] part = new byte[1 << 20];
        new Random(1).nextBytes(part);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long at = 0; at < SIZE; at += part.length) {
                // So that no two parts are equal.
                for (int i = 0; i < Long.BYTES; i++) {
                    part[i] = (byte) (at >> (i * Byte.SIZE));
                }
                out.write(part);
            }
        }
    }

    /** A JVM of its own, which measures itself: its start is not the artifact's. */
    private static double child(String what, Path store, Path file) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                java.toString(), HEAP, ArtifactProgram.class.getName(), what, store.toString(), file.toString());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        end(process, what);
        return Double.parseDouble(answer.strip());
    }

    private static double seconds(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        end(process, command.get(0));
        return (System.nanoTime() - start) / 1e9;
    }

    private static void end(Process process, String what) throws InterruptedException {
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(what + " failed");
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
