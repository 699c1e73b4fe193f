package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.SlipwayException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings runs over, and counts what has arrived. Safe for use by many threads. */
final class RunCopy {
    private final Source source;
    private final Target target;
    private final Journal journal;
    private final ImportPlan plan;
    private final ArtifactCopy artifacts;
    private final Counts counts;

    RunCopy(Source source, Target target, Journal journal, ImportPlan plan, ArtifactCopy artifacts, Counts counts) {
        this.source = source;
        this.target = target;
        this.journal = journal;
        this.plan = plan;
        this.artifacts = artifacts;
        this.counts = counts;
    }

    /** Brings over what was logged to a run, unless that was done before. It goes on running at the target until it is finished. */
    void copy(SourceRun run, String experiment) {
        String state = state(run);
        if (journal.done(run.id(), state).isPresent()) {
            return;
        }
        boolean goesOn = journal.begin(run.id(), state);
        target.runs().open(run, experiment);
        target.runs().logTexts(run);
        target.runs().logDatasets(run);
        long values = 0;
        for (String key : run.metrics()) {
            DistinctPoints distinct = new DistinctPoints();
            source.history(run, key, page -> {
                target.runs().logPoints(run.id(), page, null);
                distinct.add(page);
            });
            values += distinct.count();
        }
        ArtifactCopy.Sum copied = new ArtifactCopy.Sum(0, 0);
        if (plan.artifacts()) {
            copied = artifacts.copy(Owner.of(run), info(run).required("artifact_uri"), goesOn);
        }
        journal.finish(run.id(), new Journal.Done(state, values, copied.files(), copied.bytes()));
    }

    private String state(SourceRun run) {
        return Journal.state(run) + (plan.artifacts() ? "" : "-");
    }

    private Json info(SourceRun run) {
        return read(run).object("info");
    }

    private Json read(SourceRun run) {
        return target.runs()
                .find(run.id())
                .orElseThrow(() -> SlipwayException.conflict(
                        "import.lost", "The run " + run.id() + " is not at " + target.name() + "."));
    }

    /** Counts what the source has of it. */
    void count(SourceRun run) {
        counts.add(Kind.RUNS, 1, 0);
        counts.add(Kind.PARAMS, run.params().size(), 0);
        counts.add(Kind.TAGS, tags(run.tags().keySet()).size(), 0);
        counts.add(Kind.METRICS, run.metrics().size(), 0);
        counts.add(Kind.DATASETS, run.datasets().size(), 0);
        journal.done(run.id(), state(run)).ifPresent(done -> {
            counts.add(Kind.VALUES, done.values(), 0);
            counts.add(Kind.FILES, done.files(), 0);
            counts.add(Kind.BYTES, done.bytes(), 0);
        });
    }

    /** Tells what it used and made and how it ended, and counts what the target has of it. */
    void finish(SourceRun run) {
        Json there = read(run);
        List<String> inputs = run.modelInputs().stream()
                .filter(id -> !ids(there.object("inputs"), "model_inputs").contains(id))
                .toList();
        Map<String, Long> outputs = new HashMap<>(run.outputs());
        outputs.keySet().removeAll(ids(there.object("outputs"), "model_outputs"));
        Json info = there.object("info");
        boolean ended =
                run.status().equals(info.text("status")) && Objects.equals(run.ended(), info.number("end_time"));
        boolean deleted = Target.isDeleted(info);
        boolean changes = !inputs.isEmpty() || !outputs.isEmpty() || !ended;
        if (deleted && (changes || !run.deleted())) {
            target.runs().restore(run.id());
            deleted = false;
        }
        target.runs().logModels(run.id(), inputs, outputs);
        if (!ended) {
            target.runs().setStatus(run);
        }
        if (run.deleted() && !deleted) {
            target.runs().delete(run.id());
        }
        countTarget(run);
    }

    private static Set<String> ids(Json models, String field) {
        return models.objects(field).stream()
                .map(model -> model.required("model_id"))
                .collect(Collectors.toSet());
    }

    private void countTarget(SourceRun run) {
        Json there = read(run);
        Json data = there.object("data");
        boolean same = run.status().equals(there.object("info").text("status"))
                && run.deleted() == Target.isDeleted(there.object("info"));
        counts.add(Kind.RUNS, 0, same ? 1 : 0);
        counts.add(
                Kind.PARAMS,
                0,
                common(run.params().keySet(), data.texts("params").keySet()));
        counts.add(
                Kind.TAGS,
                0,
                common(tags(run.tags().keySet()), data.texts("tags").keySet()));
        counts.add(
                Kind.METRICS,
                0,
                common(
                        run.metrics(),
                        data.objects("metrics").stream()
                                .map(metric -> metric.required("key"))
                                .collect(Collectors.toSet())));
        counts.add(
                Kind.DATASETS,
                0,
                Math.min(
                        run.datasets().size(),
                        there.object("inputs").objects("dataset_inputs").size()));
        Optional<Journal.Done> done = journal.done(run.id(), state(run));
        if (done.isPresent()) {
            countValues(run, done.get());
        }
    }

    private void countValues(SourceRun run, Journal.Done done) {
        Source reader = target.asSource();
        long[] values = new long[1];
        for (String key : run.metrics()) {
            reader.history(run, key, page -> values[0] += page.size());
        }
        // Others may have logged more to it since.
        counts.add(Kind.VALUES, 0, Math.min(values[0], done.values()));
        if (plan.artifacts()) {
            ArtifactCopy.Sum files = ArtifactCopy.sum(reader, Owner.of(run));
            counts.add(Kind.FILES, 0, Math.min(files.files(), done.files()));
            counts.add(Kind.BYTES, 0, Math.min(files.bytes(), done.bytes()));
        }
    }

    /** Without that of the name, which a run has here in any case. */
    private static Set<String> tags(Set<String> keys) {
        return keys.stream().filter(key -> !key.equals(Target.NAME_TAG)).collect(Collectors.toSet());
    }

    private static long common(Collection<String> wanted, Set<String> there) {
        return wanted.stream().filter(there::contains).count();
    }
}
