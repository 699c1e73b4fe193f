package dev.slipway.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Sample;
import dev.slipway.api.monitoring.DriftReport;
import dev.slipway.api.monitoring.LogLabels;
import dev.slipway.api.monitoring.LogPredictions;
import dev.slipway.api.monitoring.LoggedPrediction;
import dev.slipway.api.monitoring.MonitoringApi;
import dev.slipway.api.monitoring.TrueLabel;
import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.DriftReportId;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.monitoring.SyntheticDigits.Digit;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.runtime.jobs.Jobs;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.TraversalQuery;
import dev.slipway.store.metric.MetricStore;
import dev.slipway.store.metric.Point;
import dev.slipway.store.metric.Series;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftCheckTest {
    private TestingInstallation installation;
    private MonitoringApi api;
    private ModelId model;
    private ModelVersionId version;
    private MonitorId monitor;

    @BeforeAll
    void open(@TempDir Path folder) {
        installation = new TestingInstallation(folder);
        api = installation.api;
    }

    @AfterAll
    void close() {
        installation.close();
    }

    @BeforeEach
    void releaseAModel() {
        model = installation.model();
        version = installation.version(model, 1200);
        installation.release(model, version);
        monitor = installation.monitor(model);
    }

    @Test
    void aStreamOfTheSameDistributionRaisesNoAlert() throws Exception {
        for (int seed = 1; seed <= 5; seed++) {
            log("clean-" + seed, new SyntheticDigits(seed).next(200));
            check();
            DriftReport report = newest().body();
            assertThat(report.drifted()).as("seed " + seed).isFalse();
            assertThat(report.samples()).isEqualTo(200);
            assertThat(report.driftedShare()).isLessThan(0.1);
        }
        assertThat(installation.call(() -> api.listAlerts(monitor, 10, null)).items())
                .isEmpty();
    }

    @Test
    void anInvertedStreamRaisesAnAlertThatLeadsBackToTheTrainingData() throws Exception {
        List<Digit> inverted = new SyntheticDigits(2)
                .next(200).stream().map(SyntheticDigits::inverted).toList();
        List<LoggedPrediction> logged = log("inverted", inverted);
        installation.call(() -> {
            api.logLabels(
                    monitor,
                    new LogLabels(List.of(
                            new TrueLabel("inverted-0", logged.get(0).label()),
                            new TrueLabel("inverted-1", logged.get(1).label().equals("1") ? "2" : "1"))));
            return monitor;
        });
        check();

        Entity<DriftReportId, DriftReport> report = newest();
        DriftReport body = report.body();
        assertThat(body.drifted()).isTrue();
        assertThat(body.driftedShare()).isGreaterThan(0.9);
        assertThat(body.maximumPsi()).isFinite().isGreaterThan(1);
        assertThat(body.maximumKs()).isEqualTo(1);
        assertThat(body.accuracy()).isEqualTo(0.5);
        assertThat(body.worst()).hasSize(20).allMatch(feature -> feature.drifted());
        assertThat(body.worst().get(0).psi()).isEqualTo(body.maximumPsi());
        assertThat(body.prediction().feature()).isEqualTo(-1);
        assertThat(body.modelVersion()).isEqualTo(version);
        assertThat(body.from()).isEqualTo(1_000_000);
        assertThat(body.to()).isEqualTo(1_000_199);

        var alerts = installation.call(() -> api.listAlerts(monitor, 10, null)).items();
        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).body().report()).isEqualTo(report.id());
        assertThat(alerts.get(0).body().message()).contains("200 predictions", "of 64 features");
        var upstream = installation
                .bean(GraphStore.class)
                .traverse(new TraversalQuery(
                        Workspace.DEFAULT,
                        List.of(EntityId.of(alerts.get(0).id())),
                        Direction.UPSTREAM,
                        Set.of(),
                        1,
                        10));
        assertThat(upstream.edges()).extracting(Edge::type).containsExactly(EdgeType.TRIGGERED_BY);
        assertThat(upstream.edges().get(0).to().id()).isEqualTo(EntityId.of(report.id()));
        assertThat(points("accuracy")).containsExactly(new Point(report.created(), report.created(), 0.5));
        assertThat(points("psi-maximum")).extracting(Point::value).containsExactly(body.maximumPsi());
        assertThat(points("drifted-share")).extracting(Point::value).containsExactly(body.driftedShare());
    }

    @Test
    void tooFewPredictionsAreNotJudgedAndKeptForTheNextCheck() throws Exception {
        log("first", new SyntheticDigits(1).next(60));
        assertThatThrownBy(this::check).isInstanceOfSatisfying(SlipwayException.class, e -> {
            assertThat(e.code()).isEqualTo("monitoring.too-few-samples");
            assertThat(e).hasMessageContaining("60").hasMessageContaining("100");
        });
        assertThat(reports()).isEmpty();
        log("second", new SyntheticDigits(2).next(60));
        check();
        assertThat(newest().body().samples()).isEqualTo(120);
        assertThatThrownBy(this::check).isInstanceOfSatisfying(SlipwayException.class, e -> assertThat(e.code())
                .isEqualTo("monitoring.too-few-samples"));
    }

    @Test
    void aChannelWithoutAReleaseCanNotBeChecked() {
        ModelId unreleased = installation.model();
        monitor = installation.monitor(unreleased);
        assertThatThrownBy(this::check).isInstanceOfSatisfying(SlipwayException.class, e -> {
            assertThat(e.code()).isEqualTo("monitoring.no-release");
            assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT);
        });
    }

    @Test
    void anUnknownMonitorCanNotBeChecked() {
        monitor = installation.id(MonitorId::new);
        assertThatThrownBy(this::check).isInstanceOfSatisfying(SlipwayException.class, e -> assertThat(e.code())
                .isEqualTo("monitor.unknown"));
    }

    @Test
    void everyPredictionIsJudgedOnceWhileLoggingLabellingAndCheckingGoOn() throws Exception {
        List<Digit> digits = new SyntheticDigits(9).next(1500);
        CompletableFuture<Void> logging =
                CompletableFuture.runAsync(() -> IntStream.range(0, 30).forEach(part -> {
                    List<LoggedPrediction> logged = log("part-" + part, digits.subList(part * 50, part * 50 + 50));
                    label(new TrueLabel("part-" + part + "-0", logged.get(0).label()));
                }));
        while (!logging.isDone()) {
            checkIfEnough();
        }
        logging.join();
        log("rest", new SyntheticDigits(10).next(100));
        checkIfEnough();
        int judged =
                reports().stream().mapToInt(report -> report.body().samples()).sum();
        assertThat(judged).isEqualTo(1600);
        var batches =
                installation.call(() -> api.listBatches(monitor, 100, null)).items();
        assertThat(batches)
                .extracting(batch -> batch.body().labelled())
                .filteredOn(count -> count == 1)
                .hasSize(30);
    }

    @Test
    void aCheckThatIsStartedAgainMakesNoSecondReport() {
        log("once", new SyntheticDigits(1).next(150));
        JobId job = installation.id(JobId::new);
        DriftCheckHandler handler = installation.bean(DriftCheckHandler.class);
        for (int attempt = 1; attempt <= 2; attempt++) {
            Attempt context = new Attempt(job, attempt);
            installation.call(() -> {
                handler.run(context, new DriftCheck(monitor));
                return job;
            });
        }
        assertThat(reports()).hasSize(1);
        assertThat(points("samples")).extracting(Point::value).containsExactly(150.0);
    }

    @Test
    void predictionsOfAVersionWithOtherInputsArePassedOver() throws Exception {
        log("known", new SyntheticDigits(1).next(150));
        ModelVersionId other = installation.version(model, 30, List.of(64));
        var flat = log("flat", new SyntheticDigits(2).next(20)).stream()
                .map(p -> new LoggedPrediction(
                        "flat" + p.key(), new Sample(List.of(64), p.sample().values()), p.label(), 1, 0))
                .toList();
        installation.call(() -> api.logPredictions(monitor, new LogPredictions(other, flat)));
        check();
        assertThat(newest().body().samples()).isEqualTo(170);
        assertThatThrownBy(this::check).hasMessageContaining("Only 0 predictions");
    }

    /** An attempt at a job whose lease is never lost. */
    private record Attempt(JobId id, int attempt) implements JobContext {
        @Override
        public void progress(double fraction, String message) {
            assertThat(fraction).isBetween(0.0, 1.0);
        }

        @Override
        public void log(String line) {
            assertThat(line).isNotBlank();
        }

        @Override
        public Change fence(Change change) {
            return change;
        }
    }

    private List<LoggedPrediction> log(String prefix, List<Digit> digits) {
        List<LoggedPrediction> predictions = SyntheticDigits.predictions(prefix, digits);
        installation.call(() -> api.logPredictions(monitor, new LogPredictions(version, predictions)));
        return predictions;
    }

    private void label(TrueLabel label) {
        installation.call(() -> {
            api.logLabels(monitor, new LogLabels(List.of(label)));
            return monitor;
        });
    }

    private void check() throws InterruptedException {
        JobId job = installation.call(() -> api.checkDrift(monitor)).id();
        InterruptedException[] interrupted = new InterruptedException[1];
        installation.call(() -> {
            try {
                installation.bean(Jobs.class).await(job);
            } catch (InterruptedException e) {
                interrupted[0] = e;
            }
            return job;
        });
        if (interrupted[0] != null) {
            throw interrupted[0];
        }
    }

    private void checkIfEnough() throws InterruptedException {
        try {
            check();
        } catch (SlipwayException e) {
            assertThat(e.code()).isEqualTo("monitoring.too-few-samples");
        }
    }

    private List<Entity<DriftReportId, DriftReport>> reports() {
        return installation.call(() -> api.listReports(monitor, 100, null)).items();
    }

    private Entity<DriftReportId, DriftReport> newest() {
        return reports().get(0);
    }

    private List<Point> points(String key) {
        Series series = new Series(Workspace.DEFAULT, EntityId.of(monitor), key);
        return installation
                .bean(MetricStore.class)
                .range(series, 0, Long.MAX_VALUE, 100, Optional.empty())
                .items();
    }
}
