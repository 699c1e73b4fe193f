package dev.slipway.standalone.mlflow;

import dev.slipway.kernel.SlipwayException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Brings logged models over, under their own ids. */
final class LoggedModelCopy {
    private final Target target;
    private final Journal journal;
    private final ImportPlan plan;
    private final ArtifactCopy artifacts;
    private final Counts counts;

    LoggedModelCopy(Target target, Journal journal, ImportPlan plan, ArtifactCopy artifacts, Counts counts) {
        this.target = target;
        this.journal = journal;
        this.plan = plan;
        this.artifacts = artifacts;
        this.counts = counts;
    }

    /** @param run that made it, if that comes from the same source */
    void copy(SourceLoggedModel model, String experiment, Optional<String> run) {
        String state = Journal.state(model) + (plan.artifacts() ? "" : "-");
        if (journal.done(model.id(), state).isEmpty()) {
            boolean goesOn = journal.begin(model.id(), state);
            target.loggedModels().open(model, experiment, run.isPresent());
            ArtifactCopy.Sum copied = new ArtifactCopy.Sum(0, 0);
            if (plan.artifacts()) {
                copied = artifacts.copy(Owner.of(model), info(model).required("artifact_uri"), goesOn);
            }
            Map<String, List<SourcePoint>> byRun =
                    model.metrics().stream().collect(Collectors.groupingBy(SourcePoint::run));
            byRun.forEach((of, points) -> {
                if (target.runs().find(of).isPresent()) {
                    target.runs().logPoints(of, points, model.id());
                }
            });
            target.loggedModels().finish(model);
            journal.finish(model.id(), new Journal.Done(state, 0, copied.files(), copied.bytes()));
        }
        count(model, journal.done(model.id(), state).orElseThrow());
    }

    private void count(SourceLoggedModel model, Journal.Done done) {
        boolean same = model.status().equals(info(model).text("status"));
        counts.add(Kind.LOGGED_MODELS, 0, same ? 1 : 0);
        if (plan.artifacts()) {
            ArtifactCopy.Sum files = ArtifactCopy.sum(target.asSource(), Owner.of(model));
            counts.add(Kind.FILES, done.files(), Math.min(files.files(), done.files()));
            counts.add(Kind.BYTES, done.bytes(), Math.min(files.bytes(), done.bytes()));
        }
    }

    private Json info(SourceLoggedModel model) {
        return target.loggedModels()
                .find(model.id())
                .orElseThrow(() -> SlipwayException.conflict(
                        "import.lost", "The logged model " + model.id() + " is not at " + target.name() + "."))
                .object("info");
    }
}
