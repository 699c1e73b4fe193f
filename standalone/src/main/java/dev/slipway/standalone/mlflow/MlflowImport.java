package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.SlipwayException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Brings a source over to a target in three rounds: runs with all that was logged to them; logged models; then what relates both,
 * how runs ended, and a count of what the target has. Registered models come last. Runs, logged models and versions keep their
 * ids and numbers, so what is done again is not there twice, and addresses such as {@code runs:/…} stay good.
 */
public final class MlflowImport {
    private final Source source;
    private final Target target;
    private final ImportPlan plan;
    private final ImportProgress progress;
    private final RunCopy runs;
    private final LoggedModelCopy loggedModels;
    private final ModelCopy models;
    private final Counts counts = new Counts();
    private final Failures failures = new Failures();
    /** All that the source has of the experiments, brought over or not. */
    private final Set<String> runIds = ConcurrentHashMap.newKeySet();

    MlflowImport(Source source, Target target, Journal journal, ImportPlan plan, ImportProgress progress) {
        this.source = source;
        this.target = target;
        this.plan = plan;
        this.progress = progress;
        ArtifactCopy artifacts = new ArtifactCopy(source, target);
        this.runs = new RunCopy(source, target, journal, plan, artifacts, counts);
        this.loggedModels = new LoggedModelCopy(target, journal, plan, artifacts, counts);
        this.models = new ModelCopy(target, plan, counts, failures);
    }

    public Counts counts() {
        return counts;
    }

    public Failures failures() {
        return failures;
    }

    /** Brings everything over; what can't be stands in the failures. Fails when the source or the target is away. */
    void run() {
        List<SourceExperiment> wanted = wanted(source, plan);
        Map<SourceExperiment, String> experiments = new LinkedHashMap<>();
        for (SourceExperiment experiment : wanted) {
            boolean made = failures.attempt(
                    "experiment '" + experiment.name() + "'",
                    () -> experiments.put(experiment, target.experiments().open(experiment, plan.sourceName())));
            counts.add(Kind.EXPERIMENTS, 1, made ? 1 : 0);
        }
        ExecutorService threads = Executors.newFixedThreadPool(plan.threads());
        try {
            eachRun("runs", experiments, threads, (run, id) -> {
                runIds.add(run.id());
                failures.attempt("run " + run.id(), () -> runs.copy(run, id));
            });
            eachLoggedModel(experiments);
            eachRun("runs checked", experiments, threads, (run, id) -> {
                runs.count(run);
                failures.attempt("run " + run.id(), () -> runs.finish(run));
            });
        } finally {
            threads.shutdownNow();
        }
        experiments.forEach((experiment, id) -> {
            if (experiment.deleted()) {
                failures.attempt("experiment '" + experiment.name() + "'", () -> target.experiments()
                        .delete(id));
            }
        });
        long[] done = new long[1];
        source.models(model -> {
            models.copy(model, runIds);
            progress.at("registered models", 0, 0, ++done[0]);
        });
    }

    /** The experiments to bring over; fails when the source has none, or not all that were named. */
    static List<SourceExperiment> wanted(Source source, ImportPlan plan) {
        List<SourceExperiment> all = source.experiments();
        if (all.isEmpty()) {
            throw SlipwayException.notFound(
                    "import.unknown-source",
                    source.name() + " holds no experiment; name the folder that MLflow writes to.");
        }
        List<SourceExperiment> wanted = all.stream().filter(plan::wants).toList();
        Set<String> missing = new HashSet<>(plan.experiments());
        wanted.forEach(experiment -> missing.remove(experiment.name()));
        if (!missing.isEmpty()) {
            throw SlipwayException.notFound(
                    "import.unknown-experiment", source.name() + " has no experiment called " + missing + ".");
        }
        return wanted;
    }

    private interface RunWork {
        void on(SourceRun run, String experiment);
    }

    private void eachRun(
            String step, Map<SourceExperiment, String> experiments, ExecutorService threads, RunWork work) {
        AtomicLong done = new AtomicLong();
        int[] number = new int[1];
        experiments.forEach((experiment, id) -> {
            int current = ++number[0];
            source.runs(
                    experiment,
                    page -> together(threads, page, run -> {
                        work.on(run, id);
                        progress.at(step, current, experiments.size(), done.incrementAndGet());
                    }));
        });
    }

    /** Returns when the work on all of them is done; the first failure that ends all is thrown. */
    private static void together(ExecutorService threads, List<SourceRun> page, Consumer<SourceRun> work) {
        List<Future<?>> futures = new ArrayList<>();
        page.forEach(run -> futures.add(threads.submit(() -> work.accept(run))));
        try {
            for (Future<?> future : futures) {
                future.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SlipwayException.unavailable("import.interrupted", "The import was interrupted; run it again.", e);
        } catch (ExecutionException e) {
            futures.forEach(future -> future.cancel(true));
            throw e.getCause() instanceof SlipwayException known
                    ? new SlipwayException(known.kind(), known.code(), known.getMessage(), known)
                    : SlipwayException.internal("import.defect", "The import failed: " + e.getCause(), e.getCause());
        }
    }

    private void eachLoggedModel(Map<SourceExperiment, String> experiments) {
        long[] done = new long[1];
        int[] number = new int[1];
        experiments.forEach((experiment, id) -> {
            int current = ++number[0];
            source.loggedModels(experiment, model -> {
                counts.add(Kind.LOGGED_MODELS, 1, 0);
                failures.attempt(
                        "logged model " + model.id(),
                        () -> loggedModels.copy(
                                model, id, Optional.ofNullable(model.run()).filter(runIds::contains)));
                progress.at("logged models", current, experiments.size(), ++done[0]);
            });
        });
    }
}
