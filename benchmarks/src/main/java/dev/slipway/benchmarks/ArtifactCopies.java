package dev.slipway.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

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

    /** The program measures itself: the start of its JVM is not the artifact's. */
    private static double child(String what, Path store, Path file) throws IOException, InterruptedException {
        return Double.parseDouble(ChildJvm.run(HEAP, ArtifactProgram.class, what, store.toString(), file.toString()));
    }

    private static double seconds(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        ChildJvm.end(process, command.get(0));
        return (System.nanoTime() - start) / 1e9;
    }
}
