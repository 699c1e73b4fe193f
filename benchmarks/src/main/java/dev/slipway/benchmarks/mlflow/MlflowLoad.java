package dev.slipway.benchmarks.mlflow;

import java.net.URI;
import java.util.List;

/**
 * Does what MLflow's clients do, against any server that speaks MLflow's REST API, and prints what it took. {@code
 * benchmarks/mlflow.sh} runs it against MLflow and against Slipway, one after the other.
 *
 * <p>Arguments: the server's address; the seconds of each measurement of a rate; how many runs are searched.
 */
public final class MlflowLoad {
    private static final int THREADS = 8;
    private static final int BATCH = 1000;
    private static final int POINTS = 50_000;
    private static final long ARTIFACT = 100 << 20;

    private final URI server;
    private final double seconds;
    private final int runs;
    private final Results results = new Results(System.out);
    private final String suffix = "-" + System.nanoTime();
    private Connection connection;
    private MlflowClient client;

    private MlflowLoad(URI server, double seconds, int runs) throws Exception {
        this.server = server;
        this.seconds = seconds;
        this.runs = runs;
        reconnect();
    }

    /** For the calls that one thread makes; a server may have closed what was not used while many threads called. */
    private void reconnect() throws Exception {
        if (connection != null) {
            connection.close();
        }
        connection = new Connection(server);
        client = new MlflowClient(connection);
    }

    public static void main(String[] arguments) throws Exception {
        MlflowLoad load = new MlflowLoad(
                URI.create(arguments[0]), Double.parseDouble(arguments[1]), Integer.parseInt(arguments[2]));
        load.warmUp();
        load.singleWrites();
        load.batches();
        load.reads();
        load.search();
        load.history();
        load.artifact();
        load.connection.close();
    }

    private void warmUp() throws Exception {
        String experiment = client.createExperiment("warm" + suffix);
        rate(seconds / 2, (one, thread, number) -> one.createRun(experiment, number));
    }

    private interface ClientCall {
        void run(MlflowClient client, int thread, int number) throws Exception;
    }

    private Threads.Outcome rate(double howLong, ClientCall call) throws Exception {
        Threads.Outcome outcome = Threads.run(
                server, THREADS, howLong, (each, thread, number) -> call.run(new MlflowClient(each), thread, number));
        reconnect();
        return outcome;
    }

    private void singleWrites() throws Exception {
        String experiment = client.createExperiment("writes" + suffix);
        results.rate(
                "create_run", rate(seconds, (one, thread, number) -> one.createRun(experiment, number)), 1, "runs/s");
        String run = client.createRun(experiment, 0);
        results.rate(
                "log_metric to one run",
                rate(seconds, (one, thread, number) -> one.logMetric(run, "m" + thread, number * 0.5, number)),
                1,
                "calls/s");
        String[] own = ownRuns(experiment);
        results.rate(
                "log_metric to 8 runs",
                rate(seconds, (one, thread, number) -> one.logMetric(own[thread], "loss", number * 0.5, number)),
                1,
                "calls/s");
    }

    private String[] ownRuns(String experiment) throws Exception {
        String[] own = new String[THREADS];
        for (int i = 0; i < THREADS; i++) {
            own[i] = client.createRun(experiment, i);
        }
        return own;
    }

    private void batches() throws Exception {
        String[] own = ownRuns(client.createExperiment("batches" + suffix));
        results.rate(
                "log_batch of 1,000",
                rate(seconds, (one, thread, number) -> one.logPoints(own[thread], BATCH, (long) number * BATCH / 10)),
                BATCH,
                "metrics/s");
    }

    private void reads() throws Exception {
        String run = client.createRun(client.createExperiment("reads" + suffix), 0);
        client.logSummary(run, 7);
        results.rate("runs/get", rate(seconds, (one, thread, number) -> one.getRun(run)), 1, "calls/s");
    }

    private void search() throws Exception {
        String experiment = client.createExperiment("search" + suffix);
        long start = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            client.logSummary(client.createRun(experiment, i), i);
        }
        results.print("runs with 31 values made by 1 thread", runs / ((System.nanoTime() - start) / 1e9), "runs/s");
        searched("search newest 100", experiment, "", "");
        searched("search filter by metric", experiment, "metrics.m1 > 1.5", "");
        searched("search filter and order by metric", experiment, "metrics.m1 > 1.5", "\"metrics.m2 DESC\"");
        searched(
                "search param and metric, order by metric",
                experiment,
                "params.p0 = 'b1' and metrics.m1 > 0.5",
                "\"metrics.m2 ASC\"");
        searched("search order by metric", experiment, "", "\"metrics.m3 DESC\"");
        searched("search order by metric with ties, NaN, missing", experiment, "", "\"metrics.odd ASC\"");
        searched("search order by param", experiment, "", "\"params.p1 ASC\"");
        searched("search order by param and metric", experiment, "", "\"params.p0 ASC\",\"metrics.m3 DESC\"");
        searched("search tag LIKE", experiment, "tags.note LIKE '%77'", "");
        if (runs <= 10_000) {
            long begin = System.nanoTime();
            String token = null;
            do {
                token = client.search(experiment, "", "", 500, token);
            } while (token != null);
            results.print("search all in pages of 500", (System.nanoTime() - begin) / 1e6, "ms");
        }
    }

    private void searched(String name, String experiment, String filter, String orders) throws Exception {
        int tries = 40;
        double[] milliseconds = new double[tries];
        for (int i = -3; i < tries; i++) {
            long start = System.nanoTime();
            client.search(experiment, filter, orders, 100, null);
            if (i >= 0) {
                milliseconds[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        results.times(name, milliseconds);
    }

    private void history() throws Exception {
        String run = client.createRun(client.createExperiment("history" + suffix), 0);
        long start = System.nanoTime();
        for (int i = 0; i < POINTS; i += BATCH) {
            client.logSeries(run, "loss", BATCH, i);
        }
        results.print("history of 50,000 points written", (System.nanoTime() - start) / 1e6, "ms");
        for (String which : List.of("first", "again")) {
            start = System.nanoTime();
            client.history(run, "loss");
            results.print("history of 50,000 points read " + which, (System.nanoTime() - start) / 1e6, "ms");
        }
    }

    private void artifact() throws Exception {
        String experiment = client.createExperiment("artifact" + suffix);
        String run = client.createRun(experiment, 0);
        String folder = "/api/2.0/mlflow-artifacts/artifacts/" + experiment + "/" + run + "/artifacts/";
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            connection.put(folder + "file" + i, ARTIFACT);
            results.print("artifact of 100 MiB put, try " + i, 100 / ((System.nanoTime() - start) / 1e9), "MiB/s");
        }
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            if (connection.download(folder + "file0") != ARTIFACT) {
                throw new IllegalStateException("the artifact came back in another size");
            }
            results.print("artifact of 100 MiB got, try " + i, 100 / ((System.nanoTime() - start) / 1e9), "MiB/s");
        }
    }
}
