package dev.slipway.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.LabelledSample;
import dev.slipway.api.Sample;
import dev.slipway.api.SampleFile;
import dev.slipway.api.monitoring.CreateMonitor;
import dev.slipway.api.monitoring.DriftPolicy;
import dev.slipway.api.monitoring.LogLabels;
import dev.slipway.api.monitoring.LogPredictions;
import dev.slipway.api.monitoring.LoggedPrediction;
import dev.slipway.api.monitoring.MonitoringApi;
import dev.slipway.api.monitoring.PredictionBatch;
import dev.slipway.api.monitoring.TrueLabel;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.PredictionBatchId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.samples.SampleFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PredictionLogTest {
    private TestingInstallation installation;
    private MonitoringApi api;
    private ModelVersionId version;
    private MonitorId monitor;
    private final List<LoggedPrediction> twenty = SyntheticDigits.predictions("p", new SyntheticDigits(3).next(20));

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
    void makeMonitor() {
        ModelId model = installation.model();
        version = installation.version(model, 30);
        monitor = installation.monitor(model);
    }

    @Test
    void aDeviceLogsPredictionsAndTheBatchTellsWhatItHolds() {
        PredictionBatch batch = installation
                .as(Role.DEVICE, () -> api.logPredictions(monitor, new LogPredictions(version, twenty)))
                .body();
        assertThat(batch.count()).isEqualTo(20);
        assertThat(batch.labelled()).isZero();
        assertThat(batch.labels()).isNull();
        assertThat(batch.from()).isEqualTo(1_000_000);
        assertThat(batch.to()).isEqualTo(1_000_019);
        List<LoggedPrediction> read = new ArrayList<>();
        installation.bean(PredictionFiles.class).read(batch.predictions(), read::add);
        assertThat(read).isEqualTo(twenty);
    }

    @Test
    void theSameBatchSentAgainIsTheSameBatch() {
        var first = log(twenty);
        assertThat(log(twenty)).isEqualTo(first);
        assertThat(batches()).hasSize(1);
    }

    @Test
    void aKeyUsedAgainOtherwiseIsAConflictAndNothingIsLogged() {
        log(twenty);
        List<LoggedPrediction> more = new ArrayList<>(SyntheticDigits.predictions("q", new SyntheticDigits(4).next(3)));
        more.add(twenty.get(7));
        assertFails(ErrorKind.CONFLICT, "monitoring.duplicate-prediction", () -> log(more));
        assertThat(batches()).hasSize(1);
        assertThat(log(more.subList(0, 3)).body().count()).isEqualTo(3);
    }

    @Test
    void anotherMonitorHasKeysOfItsOwn() {
        log(twenty);
        ModelId other = installation.model();
        ModelVersionId otherVersion = installation.version(other, 30);
        MonitorId second = installation.monitor(other);
        var batch = installation.call(() -> api.logPredictions(second, new LogPredictions(otherVersion, twenty)));
        assertThat(batch.body().count()).isEqualTo(20);
    }

    @Test
    void labelsAreJoinedAndCounted() {
        log(twenty.subList(0, 12));
        log(twenty.subList(12, 20));
        label(new TrueLabel("p-3", twenty.get(3).label()), new TrueLabel("p-4", wrong(4)), right(15));
        // The same again, and a correction.
        label(right(15), right(4));
        var newest = batches();
        assertThat(newest).extracting(batch -> batch.body().labelled()).containsExactly(1, 2);
        assertThat(newest).extracting(batch -> batch.body().correct()).containsExactly(1, 2);
        long revision = newest.get(0).revision();
        label(right(15));
        assertThat(batches().get(0).revision()).isEqualTo(revision);
    }

    @Test
    void aLabelOfAnUnknownPredictionLetsNoneBeTaken() {
        log(twenty);
        assertFails(
                ErrorKind.NOT_FOUND,
                "monitoring.unknown-prediction",
                () -> label(right(1), new TrueLabel("never", "1")));
        assertThat(batches().get(0).body().labelled()).isZero();
    }

    @Test
    void labelsThatCanNotBeAreRefused() {
        log(twenty);
        assertFails(ErrorKind.INVALID, "monitoring.unknown-label", () -> label(new TrueLabel("p-1", "cat")));
        assertFails(ErrorKind.INVALID, "monitoring.key", () -> label(right(1), new TrueLabel("p-1", wrong(1))));
        assertFails(ErrorKind.INVALID, "monitoring.incomplete", () -> label(new TrueLabel("p-1", null)));
        assertFails(ErrorKind.INVALID, "monitoring.empty", () -> label());
        assertFails(ErrorKind.INVALID, "monitoring.empty", () -> api.logLabels(monitor, new LogLabels(null)));
        assertFails(
                ErrorKind.TOO_LARGE,
                "monitoring.too-many",
                () -> label(Collections.nCopies(1001, right(1)).toArray(TrueLabel[]::new)));
    }

    @Test
    void labelledPredictionsAreExportedInTheOrderOfLogging() {
        assertThat(installation.call(() -> api.exportLabelled(monitor)).count()).isZero();
        log(twenty.subList(0, 10));
        log(twenty.subList(10, 20));
        label(right(18), right(2), new TrueLabel("p-5", wrong(5)));
        SampleFile file = installation.call(() -> api.exportLabelled(monitor));
        List<LabelledSample> lines = new ArrayList<>();
        installation
                .bean(SampleFiles.class)
                .read(file.artifact(), Service.MONITORING, (number, sample) -> lines.add(sample));
        assertThat(file.count()).isEqualTo(3);
        assertThat(lines)
                .containsExactly(
                        new LabelledSample(
                                "p-2", twenty.get(2).sample(), twenty.get(2).label()),
                        new LabelledSample("p-5", twenty.get(5).sample(), wrong(5)),
                        new LabelledSample(
                                "p-18", twenty.get(18).sample(), twenty.get(18).label()));
    }

    @Test
    void predictionsThatTheModelCanNotHaveMadeAreRefused() {
        LoggedPrediction good = twenty.get(0);
        Sample sample = good.sample();
        List<Float> values = new ArrayList<>(sample.values());
        values.set(9, Float.NaN);
        refused("monitoring.not-finite", new LoggedPrediction("k", new Sample(sample.shape(), values), "1", 1, 0));
        refused("monitoring.sample-shape", new LoggedPrediction("k", new Sample(List.of(1), List.of(1f)), "1", 1, 0));
        refused("monitoring.unknown-label", new LoggedPrediction("k", sample, "cat", 1, 0));
        refused("monitoring.probability", new LoggedPrediction("k", sample, "1", Double.NaN, 0));
        refused("monitoring.probability", new LoggedPrediction("k", sample, "1", 1.5, 0));
        refused("monitoring.timestamp", new LoggedPrediction("k", sample, "1", 1, -1));
        refused("monitoring.key", new LoggedPrediction("", sample, "1", 1, 0));
        refused("monitoring.key", new LoggedPrediction("k".repeat(201), sample, "1", 1, 0));
        refused("monitoring.incomplete", new LoggedPrediction("k", null, "1", 1, 0));
        refused("monitoring.incomplete", new LoggedPrediction("k", sample, null, 1, 0));
        refused("monitoring.key", new LoggedPrediction(null, sample, "1", 1, 0));
        refused("monitoring.key", good, good);
        refused("monitoring.empty");
        assertFails(
                ErrorKind.TOO_LARGE,
                "monitoring.too-many",
                () -> log(SyntheticDigits.predictions("m", new SyntheticDigits(1).next(1001))));
        assertThat(batches()).isEmpty();
    }

    @Test
    void aThousandPredictionsAreLoggedAtOnce() {
        List<LoggedPrediction> thousand = SyntheticDigits.predictions("t", new SyntheticDigits(1).next(1000));
        assertThat(log(thousand).body().count()).isEqualTo(1000);
        label(thousand.stream().map(p -> new TrueLabel(p.key(), p.label())).toArray(TrueLabel[]::new));
        assertThat(batches().get(0).body().correct()).isEqualTo(1000);
    }

    @Test
    void unknownMonitorsAndVersionsAreNotFound() {
        MonitorId unknown = installation.id(MonitorId::new);
        LogPredictions request = new LogPredictions(version, twenty);
        assertFails(ErrorKind.NOT_FOUND, "monitor.unknown", () -> api.logPredictions(unknown, request));
        assertFails(
                ErrorKind.NOT_FOUND, "monitor.unknown", () -> api.logLabels(unknown, new LogLabels(List.of(right(1)))));
        assertFails(ErrorKind.NOT_FOUND, "monitor.unknown", () -> api.listBatches(unknown, 10, null));
        assertFails(ErrorKind.NOT_FOUND, "monitor.unknown", () -> api.exportLabelled(unknown));
        assertThat(installation.call(() -> api.monitors(List.of(unknown)))).isEmpty();
        ModelVersionId ofAnother = installation.version(installation.model(), 30);
        assertFails(
                ErrorKind.NOT_FOUND,
                "monitoring.unknown-model-version",
                () -> api.logPredictions(monitor, new LogPredictions(ofAnother, twenty)));
        Caller elsewhere = new Caller("test", Set.of(Role.ADMIN), new Workspace("elsewhere"));
        assertThatThrownBy(() ->
                        installation.bean(Callers.class).callAs(elsewhere, () -> api.logPredictions(monitor, request)))
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.code()).isEqualTo("monitor.unknown"));
    }

    @Test
    void aMonitorIsMadeOncePerName() {
        ModelId model = installation.model();
        var made = installation.createMonitor("named-" + model, model);
        assertThat(installation.createMonitor("named-" + model, model)).isEqualTo(made);
        assertThat(installation.call(() -> api.listMonitors(1, null)).items()).containsExactly(made);
        assertFails(
                ErrorKind.NOT_FOUND,
                "monitoring.unknown-model",
                () -> installation.createMonitor("other", installation.id(ModelId::new)));
        assertFails(ErrorKind.INVALID, "monitoring.name", () -> installation.createMonitor(" ", model));
        assertFails(
                ErrorKind.INVALID,
                "monitoring.policy",
                () -> api.createMonitor(new CreateMonitor("x", model, "c", new DriftPolicy(Double.NaN, 0.05, 0, 1))));
    }

    private void refused(String code, LoggedPrediction... predictions) {
        assertFails(ErrorKind.INVALID, code, () -> log(List.of(predictions)));
    }

    private Entity<PredictionBatchId, PredictionBatch> log(List<LoggedPrediction> predictions) {
        return installation.call(() -> api.logPredictions(monitor, new LogPredictions(version, predictions)));
    }

    private void label(TrueLabel... labels) {
        installation.as(Role.DEVICE, () -> {
            api.logLabels(monitor, new LogLabels(List.of(labels)));
            return monitor;
        });
    }

    private TrueLabel right(int index) {
        return new TrueLabel("p-" + index, twenty.get(index).label());
    }

    private String wrong(int index) {
        return twenty.get(index).label().equals("1") ? "2" : "1";
    }

    private List<Entity<PredictionBatchId, PredictionBatch>> batches() {
        return installation.call(() -> api.listBatches(monitor, 10, null)).items();
    }

    private void assertFails(ErrorKind kind, String code, Runnable call) {
        ThrowingCallable asAdmin = () -> installation.call(() -> {
            call.run();
            return monitor;
        });
        assertThatThrownBy(asAdmin).isInstanceOfSatisfying(SlipwayException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.kind()).isEqualTo(kind);
        });
    }
}
