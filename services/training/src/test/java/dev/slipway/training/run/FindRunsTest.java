package dev.slipway.training.run;

import static dev.slipway.api.training.RunSource.ATTRIBUTE;
import static dev.slipway.api.training.RunSource.DATASET;
import static dev.slipway.api.training.RunSource.METRIC;
import static dev.slipway.api.training.RunSource.PARAM;
import static dev.slipway.api.training.RunSource.TAG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.CreateRun;
import dev.slipway.api.training.FindExperiments;
import dev.slipway.api.training.FindRuns;
import dev.slipway.api.training.FinishRun;
import dev.slipway.api.training.Lifecycle;
import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Param;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunCondition;
import dev.slipway.api.training.RunCondition.Operator;
import dev.slipway.api.training.RunOrder;
import dev.slipway.api.training.RunSeries;
import dev.slipway.api.training.RunSource;
import dev.slipway.api.training.RunState;
import dev.slipway.api.training.RunsApi;
import dev.slipway.api.training.SeriesRequest;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.training.TestProcess;
import dev.slipway.training.experiment.ExperimentLifecycle;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FindRunsTest {
    @TempDir
    private Path data;

    private TestProcess process;
    private TrainingApi training;
    private RunsApi runs;
    private ExperimentId here;
    private ExperimentId there;
    private RunId good;
    private RunId bad;
    private RunId nan;
    private RunId other;

    @BeforeEach
    void open() {
        process = new TestProcess(data);
        training = process.bean(TrainingApi.class);
        runs = process.bean(RunsApi.class);
        here = experiment("here");
        there = experiment("there");
        good = run(here, "good", 0.9, "0.1");
        bad = run(here, "bad", 0.2, "0.01");
        nan = run(here, "nan", Double.NaN, "0.1");
        other = run(there, "other", 0.95, null);
    }

    @AfterEach
    void close() {
        process.close();
    }

    @Test
    void conditionsAreThoseOfNumbersTextsAndWhatIsMissing() {
        expect(List.of(good), RunCondition.number(METRIC, "accuracy", Operator.GREATER, 0.5));
        expect(List.of(bad, good), RunCondition.number(METRIC, "accuracy", Operator.LESS_OR_EQUAL, 0.9));
        expect(List.of(nan, bad), RunCondition.number(METRIC, "accuracy", Operator.NOT_EQUAL, 0.9));
        expect(List.of(nan, bad, good), RunCondition.exists(METRIC, "accuracy", true));
        expect(List.of(), RunCondition.exists(METRIC, "accuracy", false));
        expect(List.of(nan, good), text(PARAM, "rate", Operator.EQUAL, "0.1"));
        expect(List.of(nan, bad, good), text(PARAM, "rate", Operator.IN, "0.1", "0.01"));
        expect(List.of(bad), text(PARAM, "rate", Operator.NOT_IN, "0.1"));
        expect(List.of(bad), text(ATTRIBUTE, "run_name", Operator.LIKE_IGNORING_CASE, "B%"));
        expect(List.of(good), text(ATTRIBUTE, "status", Operator.EQUAL, "FINISHED"));
        expect(List.of(good), RunCondition.exists(ATTRIBUTE, "end_time", true));
        expect(List.of(nan, bad), RunCondition.exists(ATTRIBUTE, "end_time", false));
        expect(List.of(nan, bad, good), RunCondition.number(ATTRIBUTE, "start_time", Operator.GREATER, 0));
        expect(List.of(nan, bad, good), text(TAG, "mlflow.runName", Operator.NOT_EQUAL, "x"));
        expect(List.of(), text(DATASET, "name", Operator.EQUAL, "mnist"));
        expect(
                List.of(good),
                text(PARAM, "rate", Operator.EQUAL, "0.1"),
                RunCondition.number(METRIC, "accuracy", Operator.GREATER_OR_EQUAL, 0.9));
    }

    @Test
    void severalOrAllExperimentsAreSearchedAsOne() {
        List<RunOrder> orders = List.of(new RunOrder(METRIC, "accuracy", true));
        assertThat(ids(find(List.of(here, there), null, List.of(), orders))).containsExactly(other, good, bad, nan);
        assertThat(ids(find(null, null, List.of(), orders))).containsExactly(other, good, bad, nan);
        assertThat(find(List.of(), null, List.of(), orders)).isEmpty();
        assertThat(ids(find(
                        List.of(here),
                        "metrics.accuracy < 1 and params.rate = '0.1'",
                        List.of(text(ATTRIBUTE, "run_name", Operator.LIKE, "g%")),
                        List.of(new RunOrder(ATTRIBUTE, "run_name", false), new RunOrder(PARAM, "rate", true)))))
                .containsExactly(good);
        assertThat(ids(find(null, null, List.of(), List.of(new RunOrder(ATTRIBUTE, "run_id", false)))))
                .containsExactly(good, bad, nan, other);
    }

    @Test
    void deletedRunsAreFoundOnlyWhenAskedFor() {
        process.run(() -> process.bean(Runs.class).delete(bad));
        assertThat(ids(of(Lifecycle.ACTIVE))).containsExactly(nan, good);
        assertThat(ids(of(Lifecycle.DELETED))).containsExactly(bad);
        assertThat(ids(of(Lifecycle.ALL))).containsExactly(nan, bad, good);
    }

    private List<Entity<RunId, Run>> of(Lifecycle lifecycle) {
        return process.call(
                        () -> runs.find(new FindRuns(List.of(here), null, List.of(), List.of(), lifecycle, 10, null)))
                .items();
    }

    @Test
    void pagesGoOnWhereTheLastEnded() {
        FindRuns first = new FindRuns(List.of(here), null, List.of(), List.of(), Lifecycle.ACTIVE, 2, null);
        Page<Entity<RunId, Run>> page = process.call(() -> runs.find(first));
        FindRuns second = new FindRuns(
                List.of(here),
                null,
                List.of(),
                List.of(),
                Lifecycle.ACTIVE,
                2,
                page.next().orElseThrow());
        assertThat(ids(page.items())).containsExactly(nan, bad);
        assertThat(ids(process.call(() -> runs.find(second)).items())).containsExactly(good);
    }

    @Test
    void whatCannotBeSearchedIsRefusedWithThePlace() {
        assertThat(refused("search.syntax", "metrics.accuracy > ", List.of(), List.of()))
                .hasMessageContaining("at character 20");
        assertThat(refused("search.syntax", "metrics.accuracy > 1 or params.a = 'b'", List.of(), List.of()))
                .hasMessageContaining("at character 22")
                .hasMessageContaining("'or'");
        refused("search.too-long", "params.a = '" + "x".repeat(1 << 20) + "'", List.of(), List.of());
        refused("search.attribute", null, List.of(text(ATTRIBUTE, "password", Operator.EQUAL, "x")), List.of());
        refused("search.attribute", null, List.of(), List.of(new RunOrder(ATTRIBUTE, "password`", true)));
        refused("search.attribute", null, List.of(RunCondition.exists(PARAM, "x".repeat(300), true)), List.of());
        refused("search.order", null, List.of(), List.of(new RunOrder(DATASET, "name", true)));
        refused("search.value", null, List.of(text(METRIC, "a", Operator.LIKE, "x")), List.of());
        refused("search.value", null, List.of(text(METRIC, "a", Operator.EQUAL, "x")), List.of());
        refused("search.value", null, List.of(RunCondition.number(PARAM, "a", Operator.LESS, 1)), List.of());
        refused("search.conditions", null, Collections.nCopies(51, RunCondition.exists(PARAM, "a", true)), List.of());
        refused("search.orders", null, List.of(), Collections.nCopies(9, new RunOrder(PARAM, "a", true)));
        SlipwayException unknown = catchThrowableOfType(
                SlipwayException.class,
                () -> find(List.of(new ExperimentId("0".repeat(32))), null, List.of(), List.of()));
        assertThat(unknown.code()).isEqualTo("experiment.unknown");
    }

    private SlipwayException refused(String code, String filter, List<RunCondition> conditions, List<RunOrder> orders) {
        SlipwayException refusal =
                catchThrowableOfType(SlipwayException.class, () -> find(List.of(here), filter, conditions, orders));
        assertThat(refusal).as(code).isNotNull();
        assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
        return refusal;
    }

    @Test
    void otherWorkspacesAreNotSeen() {
        Workspace elsewhere = new Workspace("elsewhere");
        FindRuns all = new FindRuns(null, null, List.of(), List.of(), Lifecycle.ALL, 10, null);
        assertThat(process.callIn(elsewhere, () -> runs.find(all)).items()).isEmpty();
        assertThat(process.callIn(elsewhere, () -> runs.series(plot(List.of(good), List.of("accuracy"), 10))))
                .isEmpty();
        assertThat(process.callIn(elsewhere, () -> runs.uses(List.of(good)))).isEmpty();
        assertThat(process.callIn(elsewhere, () -> runs.experimentTags(List.of(here))))
                .isEmpty();
        assertThat(process.callIn(
                                elsewhere,
                                () -> runs.findExperiments(new FindExperiments(null, Lifecycle.ALL, 10, null)))
                        .items())
                .isEmpty();
    }

    @Test
    void experimentsAreFoundByNameAndLifecycle() {
        process.run(() -> process.bean(ExperimentLifecycle.class).delete(there));
        assertThat(experiments("name LIKE 'h%'", Lifecycle.ACTIVE)).containsExactly(here);
        assertThat(experiments(null, Lifecycle.DELETED)).containsExactly(there);
        assertThat(experiments(null, Lifecycle.ALL)).containsExactlyInAnyOrder(here, there);
        assertThat(ids(find(null, null, List.of(), List.of()))).doesNotContain(other);
    }

    private List<ExperimentId> experiments(String filter, Lifecycle lifecycle) {
        return process
                .call(() -> runs.findExperiments(new FindExperiments(filter, lifecycle, 10, null)))
                .items()
                .stream()
                .map(Entity::id)
                .toList();
    }

    @Test
    void seriesOfSeveralRunsComeReduced() {
        for (int part = 0; part < 5; part++) {
            int from = part * 1000;
            process.run(() -> training.log(
                    good,
                    new LogBatch(
                            IntStream.range(from, from + 1000)
                                    .mapToObj(i -> new Metric("loss", i == 3333 ? 99 : Math.sin(i), i, i))
                                    .toList(),
                            List.of(),
                            List.of())));
        }
        List<RunSeries> found = process.call(() ->
                runs.series(plot(List.of(other, new RunId("0".repeat(32)), good), List.of("loss", "accuracy"), 50)));

        assertThat(found).extracting(RunSeries::run).containsExactly(other, good);
        assertThat(found.get(0).series().get(0).points()).isEmpty();
        assertThat(found.get(0).series().get(0).place()).isNull();
        assertThat(found.get(1).series().get(0).count()).isEqualTo(5000);
        assertThat(found.get(1).series().get(0).points())
                .hasSize(50)
                .anyMatch(point -> point.step() == 3333 && point.value() == 99);
        assertThat(found.get(1).series().get(0).place().known()).isEqualTo(256);
        assertThat(found.get(1).series().get(0).place().last().step()).isEqualTo(4999);
        assertThat(found.get(1).series().get(1).points()).hasSize(1);

        SeriesRequest part = new SeriesRequest(
                List.of(good), List.of("loss"), 4, SeriesRequest.Method.MIN_MAX, SeriesRequest.Axis.TIME, 100L, 199L);
        assertThat(process.call(() -> runs.series(part)).get(0).series().get(0)).satisfies(series -> {
            assertThat(series.count()).isEqualTo(100);
            assertThat(series.points()).hasSizeLessThanOrEqualTo(4);
            assertThat(series.place()).isNull();
        });
    }

    @Test
    void plotsHaveBounds() {
        for (SeriesRequest request : List.of(
                plot(List.of(), List.of("a"), 10),
                plot(List.of(good), List.of(), 10),
                plot(List.of(good), List.of("a"), 1_000_000_000),
                plot(List.of(good), List.of("a"), 3),
                plot(List.of(good), Collections.nCopies(10_000, "a"), 10),
                plot(Collections.nCopies(100, good), Collections.nCopies(100, "a"), 10_000))) {
            SlipwayException refusal =
                    catchThrowableOfType(SlipwayException.class, () -> process.call(() -> runs.series(request)));
            assertThat(refusal.code()).isEqualTo("metric.series");
        }
    }

    private static SeriesRequest plot(List<RunId> of, List<String> keys, int points) {
        return new SeriesRequest(of, keys, points, SeriesRequest.Method.LTTB, SeriesRequest.Axis.STEP, null, null);
    }

    private void expect(List<RunId> expected, RunCondition... conditions) {
        assertThat(ids(find(List.of(here), null, List.of(conditions), List.of())))
                .as(List.of(conditions).toString())
                .isEqualTo(expected);
    }

    private List<Entity<RunId, Run>> find(
            List<ExperimentId> experiments, String filter, List<RunCondition> conditions, List<RunOrder> orders) {
        return process.call(() ->
                        runs.find(new FindRuns(experiments, filter, conditions, orders, Lifecycle.ACTIVE, 100, null)))
                .items();
    }

    private static List<RunId> ids(List<Entity<RunId, Run>> found) {
        return found.stream().map(Entity::id).toList();
    }

    private static RunCondition text(RunSource source, String key, Operator operator, String... texts) {
        return RunCondition.text(source, key, operator, List.of(texts));
    }

    private ExperimentId experiment(String name) {
        return process.call(() -> training.createExperiment(new CreateExperiment(name)))
                .id();
    }

    private RunId run(ExperimentId experiment, String name, double accuracy, String rate) {
        RunId id = process.call(() -> training.createRun(new CreateRun(experiment, name)))
                .id();
        List<Param> params = rate == null ? List.of() : List.of(new Param("rate", rate));
        process.run(() ->
                training.log(id, new LogBatch(List.of(new Metric("accuracy", accuracy, 1, 1)), params, List.of())));
        if (name.equals("good")) {
            process.call(() -> training.finish(id, new FinishRun(RunState.FINISHED)));
        }
        return id;
    }
}
