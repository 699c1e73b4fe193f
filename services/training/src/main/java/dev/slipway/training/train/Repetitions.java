package dev.slipway.training.train;

import dev.slipway.api.training.Metric;
import dev.slipway.api.training.MetricDifference;
import dev.slipway.api.training.RepeatRun;
import dev.slipway.api.training.Repetition;
import dev.slipway.api.training.RepetitionVerdict;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunData;
import dev.slipway.api.training.RunState;
import dev.slipway.api.training.StartTraining;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.training.TrainingKinds;
import dev.slipway.training.host.SystemMonitor;
import dev.slipway.training.run.LoggedData;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Carries runs out again that were trained here, and says whether they came out the same. */
@Singleton
public final class Repetitions {
    private static final int MAX_NAME = 200;
    private static final String SUFFIX = " (repeat)";

    private final Trainings trainings;
    private final LoggedData logged;
    private final Entities entities;
    private final TrainingRequests requests;

    Repetitions(Trainings trainings, LoggedData logged, Entities entities, TrainingRequests requests) {
        this.trainings = trainings;
        this.logged = logged;
        this.entities = entities;
        this.requests = requests;
    }

    /** Starts a run with everything that decided what came of this one. */
    public Entity<RunId, Run> start(RunId id, RepeatRun request) {
        Entity<RunId, Run> run = entities.get(TrainingKinds.RUN, id);
        if (run.body().job() == null) {
            throw SlipwayException.unsupported(
                    "run.not-trained-here",
                    "Run " + id
                            + " was logged from outside, so only whoever ran its code can run it again; what Slipway"
                            + " trained itself can be repeated.");
        }
        if (run.body().model() == null) {
            throw SlipwayException.conflict(
                    "run.unfinished",
                    "Run " + id + " is " + run.body().state() + " and has made no model to compare another one with;"
                            + " repeat one that is FINISHED.");
        }
        StartTraining original = requests.of(run);
        return trainings.repeat(
                id,
                new StartTraining(
                        original.experiment(),
                        name(run.body().name()),
                        original.datasetVersion(),
                        original.network(),
                        original.hyperparameters(),
                        request.idempotencyKey()));
    }

    private static String name(String original) {
        String plain =
                original.endsWith(SUFFIX) ? original.substring(0, original.length() - SUFFIX.length()) : original;
        return plain.substring(0, Math.min(plain.length(), MAX_NAME - SUFFIX.length())) + SUFFIX;
    }

    /** Those of the runs which repeat another one. */
    public List<Repetition> of(List<RunId> ids) {
        List<Entity<RunId, Run>> runs = entities.getAll(TrainingKinds.RUN, ids).stream()
                .filter(run -> run.body().repeats() != null)
                .toList();
        Map<RunId, Entity<RunId, Run>> originals =
                entities
                        .getAll(
                                TrainingKinds.RUN,
                                runs.stream()
                                        .map(run -> run.body().repeats())
                                        .distinct()
                                        .toList())
                        .stream()
                        .collect(Collectors.toMap(Entity::id, Function.identity()));
        Map<RunId, Map<String, Double>> after =
                metrics(runs.stream().map(Entity::id).toList());
        Map<RunId, Map<String, Double>> before = metrics(List.copyOf(originals.keySet()));
        return runs.stream()
                .filter(run -> originals.containsKey(run.body().repeats()))
                .map(run -> compare(run, originals.get(run.body().repeats()), after, before))
                .toList();
    }

    private static Repetition compare(
            Entity<RunId, Run> run,
            Entity<RunId, Run> original,
            Map<RunId, Map<String, Double>> after,
            Map<RunId, Map<String, Double>> before) {
        RepetitionVerdict verdict = verdict(run.body(), original.body());
        boolean ended = verdict == RepetitionVerdict.SAME || verdict == RepetitionVerdict.DIFFERENT;
        return new Repetition(
                run.id(),
                original.id(),
                verdict,
                ended ? differences(before.get(original.id()), after.get(run.id())) : List.of());
    }

    private static RepetitionVerdict verdict(Run run, Run original) {
        if (run.state() == RunState.FINISHED) {
            return Objects.equals(run.model(), original.model()) ? RepetitionVerdict.SAME : RepetitionVerdict.DIFFERENT;
        }
        return run.finished() == null ? RepetitionVerdict.PENDING : RepetitionVerdict.FAILED;
    }

    private static List<MetricDifference> differences(Map<String, Double> before, Map<String, Double> after) {
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        List<MetricDifference> differences = new ArrayList<>();
        for (String key : keys) {
            // As objects, so that NaN is the same as NaN.
            if (!Objects.equals(before.get(key), after.get(key))) {
                differences.add(new MetricDifference(key, before.get(key), after.get(key)));
            }
        }
        return differences;
    }

    /** The latest values of the metrics of each run, by key. */
    private Map<RunId, Map<String, Double>> metrics(List<RunId> runs) {
        return logged.of(runs).stream().collect(Collectors.toMap(RunData::run, data -> data.metrics().stream()
                .filter(metric -> !metric.key().startsWith(SystemMonitor.PREFIX))
                .collect(Collectors.toMap(Metric::key, Metric::value))));
    }
}
