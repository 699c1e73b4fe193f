package dev.slipway.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.training.AwaitPoints;
import dev.slipway.api.training.CreateRun;
import dev.slipway.api.training.ExperimentTagList;
import dev.slipway.api.training.FindExperiments;
import dev.slipway.api.training.FindLoggedModels;
import dev.slipway.api.training.FindRuns;
import dev.slipway.api.training.FinishRun;
import dev.slipway.api.training.Lifecycle;
import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.LoggedModelsApi;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.MetricPoint;
import dev.slipway.api.training.NewPoints;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunCondition;
import dev.slipway.api.training.RunCondition.Operator;
import dev.slipway.api.training.RunOrder;
import dev.slipway.api.training.RunSeries;
import dev.slipway.api.training.RunSource;
import dev.slipway.api.training.RunState;
import dev.slipway.api.training.RunsApi;
import dev.slipway.api.training.SeriesPlace;
import dev.slipway.api.training.SeriesRequest;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.kernel.id.RunId;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class RunsContract extends Contract {
    private static final RunId UNKNOWN = new RunId(NOBODY);
    /** A long that JavaScript's numbers don't hold, and values that JSON's don't. */
    private static final List<MetricPoint> POINTS = List.of(
            new MetricPoint(-1, 0, Double.NEGATIVE_INFINITY),
            new MetricPoint(0, 9_007_199_254_740_993L, -0.0),
            new MetricPoint(0, 9_007_199_254_740_993L, Double.MIN_VALUE),
            new MetricPoint(Long.MAX_VALUE, 1, Double.NaN));

    private final RunsApi runs = bean(RunsApi.class);
    private final LoggedModelsApi models = bean(LoggedModelsApi.class);
    private final TrainingApi training = bean(TrainingApi.class);

    RunsContract(Binding binding) {
        super(binding);
    }

    @Test
    void runsAreFoundByWhatTheyHaveToSatisfy() {
        RunId run = loggedRun();
        ExperimentId experiment = training.run(run).body().experiment();
        FindRuns all = find(List.of(experiment), null, List.of(), List.of());

        assertThat(runs.find(all).items()).extracting(Entity::id).containsExactly(run);
        assertThat(runs.find(find(null, null, List.of(), List.of())).items()).hasSize(1);
        assertThat(runs.find(find(
                                List.of(experiment),
                                "metrics.loss != 1",
                                List.of(
                                        RunCondition.number(
                                                RunSource.METRIC, "loss", Operator.NOT_EQUAL, Double.POSITIVE_INFINITY),
                                        RunCondition.text(
                                                RunSource.ATTRIBUTE, "status", Operator.IN, List.of("RUNNING")),
                                        RunCondition.exists(RunSource.TAG, "ü 'x'", false)),
                                List.of(new RunOrder(RunSource.METRIC, "loss", true))))
                        .items())
                .extracting(Entity::id)
                .containsExactly(run);
        refused(
                ErrorKind.INVALID,
                "search.syntax",
                () -> runs.find(find(List.of(experiment), "metrics.loss >", List.of(), List.of())));
        refused(
                ErrorKind.NOT_FOUND,
                "experiment.unknown",
                () -> runs.find(find(List.of(new ExperimentId(NOBODY)), null, List.of(), List.of())));
    }

    @Test
    void runsComeInPages() {
        ExperimentId experiment = given().experiment();
        List<RunId> made = List.of(newRun(experiment), newRun(experiment), newRun(experiment));

        Pages.inTwos(
                List.of(made.get(2), made.get(1), made.get(0)),
                (limit, cursor) -> runs.find(new FindRuns(
                        List.of(experiment), null, List.of(), List.of(), Lifecycle.ACTIVE, limit, cursor)));
    }

    private RunId newRun(ExperimentId experiment) {
        return training.createRun(new CreateRun(experiment, "run")).id();
    }

    @Test
    void seriesKeepWhatNumbersCanBe() {
        RunId run = loggedRun();
        SeriesRequest request = new SeriesRequest(
                List.of(run, UNKNOWN),
                List.of("loss", "missing"),
                10,
                SeriesRequest.Method.MIN_MAX,
                SeriesRequest.Axis.STEP,
                null,
                null);

        List<RunSeries> found = runs.series(request);

        assertThat(found).extracting(RunSeries::run).containsExactly(run);
        assertThat(found.get(0).series().get(0).points()).isEqualTo(POINTS);
        assertThat(found.get(0).series().get(0).notFinite()).isEqualTo(2);
        assertThat(found.get(0).series().get(0).place())
                .isEqualTo(new SeriesPlace(run, "loss", null, 4, POINTS.get(3)));
        assertThat(found.get(0).series().get(1).place()).isNull();
    }

    @Test
    void pointsAreAwaitedUntilTheRunEnds() {
        RunId run = loggedRun();
        AwaitPoints all = new AwaitPoints(List.of(run), null, List.of(), 100, 0);
        SeriesPlace place = new SeriesPlace(run, "loss", null, 4, POINTS.get(3));
        AwaitPoints rest = new AwaitPoints(List.of(run), List.of("loss"), List.of(place), 100, 0);

        assertThat(runs.await(all)).isEqualTo(new NewPoints(List.of(new NewPoints.Tail(run, "loss", POINTS)), false));
        assertThat(runs.await(rest)).isEqualTo(new NewPoints(List.of(), false));
        training.finish(run, new FinishRun(RunState.FINISHED));
        assertThat(runs.await(rest)).isEqualTo(new NewPoints(List.of(), true));
        refused(
                ErrorKind.NOT_FOUND,
                "run.unknown",
                () -> runs.await(new AwaitPoints(List.of(UNKNOWN), null, List.of(), 1, 0)));
    }

    @Test
    void whatIsUnknownIsLeftOut() {
        ExperimentId experiment = given().experiment();

        assertThat(runs.uses(List.of(UNKNOWN))).isEmpty();
        assertThat(runs.experimentTags(List.of(experiment)))
                .allMatch(tags -> tags.equals(new ExperimentTagList(experiment, List.of())));
        assertThat(runs.findExperiments(new FindExperiments(null, Lifecycle.ALL, 10, null))
                        .items())
                .extracting(Entity::id)
                .containsExactly(experiment);
        LoggedModelId unknown = new LoggedModelId(NOBODY);
        assertThat(models.models(List.of(unknown))).isEmpty();
        assertThat(models.data(List.of(unknown))).isEmpty();
        assertThat(models.find(new FindLoggedModels(List.of(experiment), null, null, true, 10, null))
                        .items())
                .isEmpty();
    }

    @Test
    void whatLacksAPartIsInvalid() {
        incomplete(() -> runs.series(new SeriesRequest(null, List.of("a"), 10, null, null, null, null)));
        incomplete(() -> runs.await(new AwaitPoints(null, null, List.of(), 1, 0)));
        incomplete(() -> models.find(new FindLoggedModels(null, null, null, true, 10, null)));
    }

    private static FindRuns find(
            List<ExperimentId> experiments, String filter, List<RunCondition> conditions, List<RunOrder> orders) {
        return new FindRuns(experiments, filter, conditions, orders, Lifecycle.ACTIVE, 10, null);
    }

    private RunId loggedRun() {
        Entity<RunId, Run> run = training.run(given().run());
        List<Metric> metrics = POINTS.stream()
                .map(point -> new Metric("loss", point.value(), point.timestamp(), point.step()))
                .toList();
        training.log(run.id(), new LogBatch(metrics, List.of(), List.of()));
        return run.id();
    }
}
