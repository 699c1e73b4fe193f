package dev.slipway.benchmarks;

import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.CreateRun;
import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.standalone.SlipwayServer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Single durable appends of one metric value each, from 8 threads, through the training service; beside it, the same
 * values each in a transaction of its own on plain SQLite with the same settings.
 */
final class MetricAppends {
    private static final int THREADS = 8;
    private static final long SECONDS = 5;

    private final TrainingApi training;
    private final Callers callers;
    private final Caller caller;
    private final Path peerDatabase;

    MetricAppends(SlipwayServer server, Callers callers, Caller caller, Path peerDatabase) {
        this.training = server.bean(TrainingApi.class);
        this.callers = callers;
        this.caller = caller;
        this.peerDatabase = peerDatabase;
    }

    /** One append; {@code number} counts the thread's own. */
    private interface Append {
        void append(int thread, long number) throws SQLException;
    }

    void run(PrintStream out) throws Exception {
        List<RunId> runs = new ArrayList<>();
        ExperimentId experiment =
                callers.callAs(caller, () -> training.createExperiment(new CreateExperiment("appends"))
                        .id());
        for (int i = 0; i < THREADS; i++) {
            String name = "run-" + i;
            runs.add(callers.callAs(caller, () -> training.createRun(new CreateRun(experiment, name))
                    .id()));
        }
        Append service = (thread, number) -> callers.runAs(
                caller,
                () -> training.log(
                        runs.get(thread),
                        new LogBatch(
                                List.of(new Metric("loss", 1.0 / (number + 1), 1_700_000_000_000L + number, number)),
                                List.of(),
                                List.of())));
        rate(service);
        double ours = rate((thread, number) -> service.append(thread, number + 10_000_000));
        double peer = peerRate();
        out.printf(
                "metric appends, 1 value each, %d threads: %,.0f/s through the service, %,.0f/s SQLite alone, ratio %.2f%n",
                THREADS, ours, peer, ours / peer);
    }

    private double peerRate() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + peerDatabase)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = NORMAL");
                statement.execute("CREATE TABLE point (run INTEGER, step INTEGER, time INTEGER, value REAL)");
            }
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO point VALUES (?, ?, ?, ?)")) {
                return rate((thread, number) -> {
                    synchronized (insert) {
                        insert.setLong(1, thread);
                        insert.setLong(2, number);
                        insert.setLong(3, 1_700_000_000_000L + number);
                        insert.setDouble(4, 1.0 / (number + 1));
                        insert.executeUpdate();
                    }
                });
            }
        }
    }

    private static double rate(Append append) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            LongAdder done = new LongAdder();
            long start = System.nanoTime();
            long end = start + TimeUnit.SECONDS.toNanos(SECONDS);
            List<Callable<Void>> loops = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                loops.add(() -> {
                    for (long number = 0; System.nanoTime() < end; number++) {
                        append.append(thread, number);
                        done.increment();
                    }
                    return null;
                });
            }
            for (Future<Void> loop : threads.invokeAll(loops)) {
                loop.get();
            }
            return done.sum() / ((System.nanoTime() - start) / 1e9);
        } finally {
            threads.shutdownNow();
        }
    }
}
