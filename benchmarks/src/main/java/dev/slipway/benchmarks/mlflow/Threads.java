package dev.slipway.benchmarks.mlflow;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Calls a server from several threads at once, each with a connection of its own. */
final class Threads {
    /** One call; {@code number} counts the thread's own, from 0. */
    interface Call {
        void run(Connection connection, int thread, int number) throws Exception;
    }

    /** What the calls took, and how many ended per second. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Outcome(double perSecond, double[] milliseconds) {}

    private Threads() {}

    static Outcome run(URI server, int threads, double seconds, Call call) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long start = System.nanoTime();
            long end = start + (long) (seconds * 1e9);
            List<Callable<List<Double>>> loops = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                loops.add(() -> loop(server, end, thread, call));
            }
            List<Double> all = new ArrayList<>();
            for (Future<List<Double>> loop : pool.invokeAll(loops)) {
                all.addAll(loop.get());
            }
            double took = (System.nanoTime() - start) / 1e9;
            return new Outcome(
                    all.size() / took,
                    all.stream().mapToDouble(Double::doubleValue).toArray());
        } finally {
            pool.shutdownNow();
        }
    }

    private static List<Double> loop(URI server, long end, int thread, Call call) throws Exception {
        List<Double> times = new ArrayList<>();
        try (Connection connection = new Connection(server)) {
            for (int number = 0; System.nanoTime() < end; number++) {
                long start = System.nanoTime();
                call.run(connection, thread, number);
                times.add((System.nanoTime() - start) / 1e6);
            }
        }
        return times;
    }
}
