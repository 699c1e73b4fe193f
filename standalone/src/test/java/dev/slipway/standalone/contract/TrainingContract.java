package dev.slipway.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.CreateRun;
import dev.slipway.api.training.Experiment;
import dev.slipway.api.training.FinishRun;
import dev.slipway.api.training.Hyperparameters;
import dev.slipway.api.training.Layer;
import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.MetricDifference;
import dev.slipway.api.training.Param;
import dev.slipway.api.training.RepeatRun;
import dev.slipway.api.training.Repetition;
import dev.slipway.api.training.RepetitionVerdict;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunState;
import dev.slipway.api.training.SearchRuns;
import dev.slipway.api.training.StartTraining;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class TrainingContract extends Contract {
    private static final RunId UNKNOWN = new RunId(NOBODY);

    private final TrainingApi training = bean(TrainingApi.class);

    TrainingContract(Binding binding) {
        super(binding);
    }

    @Test
    void whatIsUnknownIsNull() {
        assertThat(training.run(UNKNOWN)).isNull();
        assertThat(training.experiment(new ExperimentId(NOBODY))).isNull();
        assertThat(training.runs(List.of(UNKNOWN))).isEmpty();
        assertThat(training.experiments(List.of(new ExperimentId(NOBODY)))).isEmpty();
        assertThat(training.data(List.of(UNKNOWN))).isEmpty();
    }

    @Test
    void aNameMakesOneExperiment() {
        Entity<ExperimentId, Experiment> made = training.createExperiment(new CreateExperiment("cats"));

        assertThat(training.createExperiment(new CreateExperiment("cats"))).isEqualTo(made);
        assertThat(training.experiment(made.id())).isEqualTo(made);
        assertThat(training.experiments(List.of(made.id()))).containsExactly(made);
    }

    @Test
    void aRunFromOutsideHasNothingYet() {
        ExperimentId experiment = given().experiment();

        Entity<RunId, Run> made = training.createRun(new CreateRun(experiment, "first"));

        assertThat(training.run(made.id())).isEqualTo(made);
        assertThat(training.runs(List.of(UNKNOWN, made.id()))).containsExactly(made);
        Run run = made.body();
        assertThat(run).isEqualTo(Run.logged(experiment, "first", run.started()));
    }

    @Test
    void everyDoubleAndEveryLongComesBack() {
        RunId run = given().run();
        List<Metric> logged = List.of(
                new Metric("loss", 0.1 + 0.2, 1, Long.MIN_VALUE),
                new Metric("loss", Double.MIN_VALUE, 2, -1),
                new Metric("loss", Double.MAX_VALUE, 3, 0),
                new Metric("loss", -0.0, 4, 1),
                new Metric("loss", Double.NEGATIVE_INFINITY, 5, 2),
                new Metric("loss", Double.POSITIVE_INFINITY, 6, 9007199254740993L),
                new Metric("loss", Double.NaN, 1700000000000L, Long.MAX_VALUE));

        training.log(run, new LogBatch(logged, List.of(), List.of()));
        training.log(run, new LogBatch(logged, List.of(), List.of()));

        // Records compare doubles bit by bit, as does this.
        assertThat(training.history(run, "loss", 1000, null).items()).isEqualTo(logged);
        assertThat(training.data(List.of(run)).get(0).metrics()).containsExactly(logged.get(logged.size() - 1));
    }

    @Test
    void historiesComeInPages() {
        RunId run = given().run();
        List<Metric> logged =
                List.of(new Metric("a/b c", 1, 1, 1), new Metric("a/b c", 2, 2, 2), new Metric("a/b c", 3, 3, 3));
        training.log(run, new LogBatch(logged, List.of(), List.of()));

        Page<Metric> first = training.history(run, "a/b c", 2, null);
        Page<Metric> second = training.history(run, "a/b c", 2, first.next().orElseThrow());

        assertThat(first.items()).isEqualTo(logged.subList(0, 2));
        assertThat(second.items()).isEqualTo(logged.subList(2, 3));
        assertThat(second.next()).isEmpty();
        refused(ErrorKind.INVALID, "page.cursor", () -> training.history(run, "a/b c", 2, "no cursor"));
    }

    @Test
    void paramsAndTagsAreTexts() {
        RunId run = given().run();
        List<Param> params = List.of(new Param("empty", ""), new Param("long", "ä".repeat(6000)));
        List<Param> tags = List.of(new Param("quoted", "\"\\\n\t\u0001 日本 \uD83D\uDC08"));

        training.log(run, new LogBatch(List.of(), params, tags));

        assertThat(training.data(List.of(run)).get(0).params()).isEqualTo(params);
        assertThat(training.data(List.of(run)).get(0).tags()).containsAll(tags);
        refused(
                ErrorKind.INVALID,
                "run.param-changed",
                () -> training.log(run, new LogBatch(List.of(), List.of(new Param("empty", "full")), List.of())));
    }

    @Test
    void whatCannotBeLoggedIsRefused() {
        RunId run = given().run();
        Metric metric = new Metric("loss", 1, 1, 1);

        assertThat(refused(
                        ErrorKind.TOO_LARGE,
                        "run.batch-too-large",
                        () -> training.log(run, new LogBatch(Collections.nCopies(1001, metric), List.of(), List.of()))))
                .hasMessage("One call logs at most 1000 metrics, not 1001. Send them in parts.");
        refused(
                ErrorKind.INVALID,
                "run.key",
                () -> training.log(run, new LogBatch(List.of(new Metric("", 1, 1, 1)), List.of(), List.of())));
        refused(
                ErrorKind.NOT_FOUND,
                "run.unknown",
                () -> training.log(UNKNOWN, new LogBatch(List.of(metric), List.of(), List.of())));
        refused(ErrorKind.NOT_FOUND, "run.unknown", () -> training.history(UNKNOWN, "loss", 10, null));
    }

    @Test
    void aRunEndsOnce() {
        RunId run = given().run();

        Entity<RunId, Run> finished = training.finish(run, new FinishRun(RunState.FINISHED));

        assertThat(finished.body().finished()).isNotNull();
        assertThat(finished.revision()).isEqualTo(2);
        assertThat(training.run(run)).isEqualTo(finished);
        refused(ErrorKind.CONFLICT, "run.finished", () -> training.finish(run, new FinishRun(RunState.KILLED)));
        refused(ErrorKind.INVALID, "run.state", () -> training.finish(run, new FinishRun(RunState.RUNNING)));
        refused(ErrorKind.NOT_FOUND, "run.unknown", () -> training.finish(UNKNOWN, new FinishRun(RunState.KILLED)));
    }

    @Test
    void runsComeInPagesOrderedByAMetric() {
        ExperimentId experiment = given().experiment();
        RunId low = runWith(experiment, -1.5);
        RunId none = training.createRun(new CreateRun(experiment, "none")).id();
        RunId high = runWith(experiment, Double.POSITIVE_INFINITY);
        RunId middle = runWith(experiment, 1e-300);

        Pages.inTwos(
                List.of(high, middle, low, none),
                (limit, cursor) -> training.searchRuns(new SearchRuns(experiment, "accuracy", true, limit, cursor)));
        Pages.inTwos(
                List.of(middle, high, none, low),
                (limit, cursor) -> training.searchRuns(new SearchRuns(experiment, null, true, limit, cursor)));
        refused(
                ErrorKind.NOT_FOUND,
                "experiment.unknown",
                () -> training.searchRuns(new SearchRuns(new ExperimentId(NOBODY), null, true, 10, null)));
    }

    @Test
    void experimentsComeInPagesNewestFirst() {
        ExperimentId first = given().experiment();
        ExperimentId second = given().experiment();
        ExperimentId third = given().experiment();

        Pages.inTwos(List.of(third, second, first), training::listExperiments);
    }

    @Test
    void aTrainingNeedsWhatItIsToTrainOn() {
        ExperimentId experiment = given().experiment();
        DatasetVersionId version = given().datasetVersion().id();

        refused(
                ErrorKind.NOT_FOUND,
                "dataset-version.unknown",
                () -> training.train(training(experiment, new DatasetVersionId(NOBODY), Hyperparameters.DEFAULT)));
        refused(
                ErrorKind.INVALID,
                "training.hyperparameters",
                () -> training.train(training(experiment, version, new Hyperparameters(0, 32, 0.1f, 1))));
    }

    @Test
    void aTrainingHasAJob() {
        ExperimentId experiment = given().experiment();
        DatasetVersionId version = given().datasetVersion().id();
        StartTraining request = training(experiment, version, Hyperparameters.DEFAULT);

        Entity<RunId, Run> run = training.train(request);

        assertThat(run.body().state()).isEqualTo(RunState.SCHEDULED);
        assertThat(run.body().datasetVersion()).isEqualTo(version);
        assertThat(run.body().job()).isNotNull();
        assertThat(training.train(request)).isEqualTo(run);
        refused(ErrorKind.CONFLICT, "run.has-job", () -> training.finish(run.id(), new FinishRun(RunState.FINISHED)));
    }

    @Test
    void aRepetitionIsComparedWithItsOriginal() {
        RunId original = whereJobsRun(() -> ended(training.train(new StartTraining(
                given().experiment(),
                "first",
                given().datasetVersion().id(),
                List.of(new Layer.Flatten(), new Layer.Dense(2)),
                new Hyperparameters(2, 8, 0.01f, 5),
                null))));

        Entity<RunId, Run> repeated = whereJobsRun(() -> training.repeat(original, new RepeatRun("once")));

        assertThat(repeated.body().repeats()).isEqualTo(original);
        assertThat(repeated.body().name()).isEqualTo("first (repeat)");
        assertThat(whereJobsRun(
                        () -> training.repeat(original, new RepeatRun("once")).id()))
                .isEqualTo(repeated.id());
        whereJobsRun(() -> ended(repeated));
        assertThat(whereJobsRun(() -> training.repetitions(List.of(UNKNOWN, original, repeated.id()))))
                .containsExactly(new Repetition(repeated.id(), original, RepetitionVerdict.SAME, List.of()));
        double least = Double.NEGATIVE_INFINITY;
        List<MetricDifference> differences = whereJobsRun(() -> {
            training.log(repeated.id(), new LogBatch(List.of(new Metric("more", least, 1, 1)), List.of(), List.of()));
            return training.repetitions(List.of(repeated.id())).get(0).differences();
        });
        assertThat(differences).containsExactly(new MetricDifference("more", null, least));
        assertThat(training.repetitions(List.of(repeated.id())))
                .as("in another workspace")
                .isEmpty();
        refused(ErrorKind.NOT_FOUND, "run.unknown", () -> training.repeat(original, new RepeatRun(null)));
    }

    private RunId ended(Entity<RunId, Run> run) {
        return Eventually.see(() -> training.run(run.id()), seen -> seen.body().state() == RunState.FINISHED)
                .id();
    }

    @Test
    void onlyWhatWasTrainedHereIsRepeated() {
        RunId logged = given().run();
        RunId queued = training.train(
                        training(given().experiment(), given().datasetVersion().id(), Hyperparameters.DEFAULT))
                .id();

        refused(ErrorKind.NOT_FOUND, "run.unknown", () -> training.repeat(UNKNOWN, new RepeatRun(null)));
        refused(ErrorKind.UNSUPPORTED, "run.not-trained-here", () -> training.repeat(logged, new RepeatRun(null)));
        refused(ErrorKind.CONFLICT, "run.unfinished", () -> training.repeat(queued, new RepeatRun(null)));
        assertThat(training.repetitions(List.of(UNKNOWN, logged, queued))).isEmpty();
    }

    @Test
    void whatLacksAPartIsInvalid() {
        RunId run = given().run();
        ExperimentId experiment = given().experiment();

        incomplete(() -> training.createExperiment(new CreateExperiment(null)));
        incomplete(() -> training.createRun(new CreateRun(null, "run")));
        incomplete(() -> training.createRun(new CreateRun(experiment, null)));
        incomplete(() -> training.finish(run, new FinishRun(null)));
        incomplete(() -> training.searchRuns(new SearchRuns(null, null, true, 10, null)));
        incomplete(() -> training.train(training(experiment, null, Hyperparameters.DEFAULT)));
        incomplete(() -> training.log(run, new LogBatch(List.of(new Metric(null, 1, 1, 1)), List.of(), List.of())));
    }

    @Test
    void aViewerOnlyReads() {
        RunId run = given().run();

        needs(Role.ENGINEER, "log", () -> training.log(run, new LogBatch(List.of(), List.of(), List.of())));
        needs(Role.ENGINEER, "repeat", () -> training.repeat(run, new RepeatRun(null)));
        needs(Role.ENGINEER, "createExperiment", () -> training.createExperiment(new CreateExperiment("cats")));
        assertThat(as(Role.VIEWER, () -> training.run(run))).isNotNull();
    }

    private RunId runWith(ExperimentId experiment, double accuracy) {
        RunId run = training.createRun(new CreateRun(experiment, "run")).id();
        training.log(run, new LogBatch(List.of(new Metric("accuracy", accuracy, 1, 1)), List.of(), List.of()));
        return run;
    }

    private static StartTraining training(
            ExperimentId experiment, DatasetVersionId version, Hyperparameters hyperparameters) {
        return new StartTraining(
                experiment,
                "training",
                version,
                List.of(new Layer.Flatten(), new Layer.Dense(2)),
                hyperparameters,
                "once");
    }
}
