package dev.slipway.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Calls something over and over again from several threads at once. */
final class Load {
    private Load() {}

    /** One call; {@code number} counts the thread's own, from 0. */
    interface Call {
        void run(int thread, long number) throws Exception;
    }

    /** Measures something once. */
    interface Round {
        double measure() throws Exception;
    }

    /** How many calls per second all threads together ended within the time given. */
    static double rate(int threads, long milliseconds, Call call) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            LongAdder done = new LongAdder();
            long start = System.nanoTime();
            long end = start + TimeUnit.MILLISECONDS.toNanos(milliseconds);
            List<Callable<Void>> loops = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                loops.add(() -> {
                    for (long number = 0; System.nanoTime() < end; number++) {
                        call.run(thread, number);
                        done.increment();
                    }
                    return null;
                });
            }
            for (Future<Void> loop : pool.invokeAll(loops)) {
                loop.get();
            }
            return done.sum() / ((System.nanoTime() - start) / 1e9);
        } finally {
            pool.shutdownNow();
        }
    }

    /** The medians of several measurements, taken in turns so that what else the machine does falls on all alike. */
    static List<Double> inTurns(int rounds, List<Round> measurements) throws Exception {
        double[][] found = new double[measurements.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int each = 0; each < found.length; each++) {
                found[each][round] = measurements.get(each).measure();
            }
        }
        return Arrays.stream(found).map(Load::median).toList();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
