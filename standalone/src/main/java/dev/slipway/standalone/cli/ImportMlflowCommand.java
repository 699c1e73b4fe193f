package dev.slipway.standalone.cli;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.standalone.mlflow.Counts;
import dev.slipway.standalone.mlflow.Imports;
import dev.slipway.standalone.mlflow.MlflowImport;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "mlflow",
        description = "Bring experiments, runs, models and artifacts of MLflow over to a running server.",
        footer = {
            "",
            "Runs, logged models and versions keep their ids and numbers. Stopped on the way, it goes on when it is",
            "run again; nothing is there twice. At the end it counts what has arrived.",
            "",
            "Credentials for an MLflow server stand in the environment, as for MLflow's own clients:",
            "MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD."
        })
final class ImportMlflowCommand implements Runnable {
    private static final int MOST_THREADS = 64;

    @Parameters(
            paramLabel = "SOURCE",
            description = "The address of an MLflow server; or a folder with mlflow.db or mlruns; or such a file.")
    private String source;

    @Mixin
    private ServerAddress server;

    @Option(
            names = "--token",
            defaultValue = "${env:SLIPWAY_TOKEN}",
            description = "API token, with the role engineer (default: $SLIPWAY_TOKEN).")
    private String token;

    @Option(
            names = "--experiment",
            paramLabel = "NAME",
            description = "Only this experiment, and versions of models that come from it; may be repeated.")
    private Set<String> experiments = Set.of();

    @Option(names = "--dry-run", description = "Count what the source has, and change nothing.")
    private boolean dryRun;

    @Option(names = "--no-artifacts", description = "Leave artifacts where they are.")
    private boolean noArtifacts;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many runs are copied at a time, 1 to 64 (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "Remembers what is done (default: one in the current folder, named by source and server).")
    private Path journal;

    @Option(
            names = "--source-name",
            paramLabel = "NAME",
            description = "What the source is called, if it was imported from under another address before.")
    private String sourceName;

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new ParameterException(spec.commandLine(), "--parallel is 1 to " + MOST_THREADS + ".");
        }
        Imports.Wish wish =
                new Imports.Wish(source, sourceName, server.uri(), token, journal, experiments, !noArtifacts, threads);
        ImportBar bar = ImportBar.onStandardError();
        try {
            if (dryRun) {
                Counts counts = Imports.survey(wish, System.getenv(), bar);
                bar.end();
                tell(counts, List.of(), 0);
            } else {
                MlflowImport done = Imports.run(wish, System.getenv(), bar);
                bar.end();
                tell(done.counts(), done.failures().first(), done.failures().count());
                check(done);
            }
        } finally {
            bar.end();
        }
    }

    private void tell(Counts counts, List<String> failures, long failed) {
        ImportTable table = new ImportTable(counts, !dryRun);
        Map<String, Object> json = new HashMap<>();
        json.put("counts", table.json());
        json.put("failures", failures);
        json.put("failed", failed);
        json.put("complete", failed == 0 && (dryRun || counts.agree()));
        output.print(json, table.text());
        if (!output.isJson()) {
            failures.forEach(failure -> System.err.println("not brought over: " + failure));
        }
    }

    private static void check(MlflowImport done) {
        if (done.failures().count() > 0) {
            throw SlipwayException.conflict(
                    "import.incomplete",
                    done.failures().count() + " things could not be brought over; mend what is said of them and run the"
                            + " same command again.");
        }
        if (!done.counts().agree()) {
            throw SlipwayException.conflict(
                    "import.counts", "Not everything has arrived, as the table shows; run the same command again.");
        }
    }
}
