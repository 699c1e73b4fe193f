package dev.slipway.standalone.mlflow;

import java.util.List;

/** Counts what a source has, without a target. */
final class Survey {
    private final Source source;
    private final ImportPlan plan;
    private final ImportProgress progress;
    private final Counts counts = new Counts();

    Survey(Source source, ImportPlan plan, ImportProgress progress) {
        this.source = source;
        this.plan = plan;
        this.progress = progress;
    }

    Counts run() {
        List<SourceExperiment> wanted = MlflowImport.wanted(source, plan);
        long[] done = new long[1];
        for (int i = 0; i < wanted.size(); i++) {
            int number = i + 1;
            add(Kind.EXPERIMENTS, 1);
            source.runs(
                    wanted.get(i),
                    page -> page.forEach(run -> {
                        count(run);
                        progress.at("runs", number, wanted.size(), ++done[0]);
                    }));
            source.loggedModels(wanted.get(i), model -> {
                add(Kind.LOGGED_MODELS, 1);
                countFiles(Owner.of(model));
            });
        }
        if (plan.experiments().isEmpty()) {
            source.models(model -> {
                add(Kind.MODELS, 1);
                add(Kind.VERSIONS, model.versions().size());
                add(Kind.ALIASES, model.aliases().size());
            });
        }
        return counts;
    }

    private void count(SourceRun run) {
        add(Kind.RUNS, 1);
        add(Kind.PARAMS, run.params().size());
        add(
                Kind.TAGS,
                run.tags().keySet().stream()
                        .filter(key -> !key.equals(Target.NAME_TAG))
                        .count());
        add(Kind.METRICS, run.metrics().size());
        add(Kind.DATASETS, run.datasets().size());
        for (String key : run.metrics()) {
            DistinctPoints distinct = new DistinctPoints();
            source.history(run, key, distinct::add);
            add(Kind.VALUES, distinct.count());
        }
        countFiles(Owner.of(run));
    }

    private void countFiles(Owner owner) {
        if (plan.artifacts()) {
            ArtifactCopy.Sum sum = ArtifactCopy.sum(source, owner);
            add(Kind.FILES, sum.files());
            add(Kind.BYTES, sum.bytes());
        }
    }

    private void add(Kind kind, long count) {
        counts.add(kind, count, 0);
    }
}
