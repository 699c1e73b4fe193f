package dev.slipway.training.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import dev.slipway.api.jobs.JobsApi;
import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.CreateRun;
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
import dev.slipway.api.training.StartTraining;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.TraversalQuery;
import dev.slipway.training.TestDatasets;
import dev.slipway.training.TestProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class RepetitionsTest {
    private static final List<Layer> NETWORK = List.of(
            new Layer.Convolution(4, 3, 1),
            new Layer.Relu(),
            new Layer.Flatten(),
            new Layer.Dropout(0.2f),
            new Layer.Dense(10));
    private static final Hyperparameters SETTINGS = new Hyperparameters(2, 32, 0.005f, 11);
    private static final RepeatRun AGAIN = new RepeatRun(null);

    @TempDir
    private Path data;

    private TestProcess process;
    private TrainingApi api;
    private ExperimentId experiment;

    @BeforeEach
    void open() {
        process = new TestProcess(data);
        api = process.bean(TrainingApi.class);
        experiment = process.call(() -> api.createExperiment(new CreateExperiment("digits")))
                .id();
    }

    @AfterEach
    void close() {
        process.close();
    }

    @Test
    void aRepeatedRunMakesTheSameModel() {
        Entity<RunId, Run> original = trained();

        Entity<RunId, Run> repeated = process.call(() -> api.repeat(original.id(), AGAIN));
        assertThat(repeated.body().name()).isEqualTo("first (repeat)");
        assertThat(repeated.body().repeats()).isEqualTo(original.id());
        assertThat(repeated.body().datasetVersion()).isEqualTo(original.body().datasetVersion());
        process.await(repeated.body().job());

        Repetition repetition = repetition(repeated.id());
        assertThat(repetition.original()).isEqualTo(original.id());
        assertThat(repetition.verdict()).isEqualTo(RepetitionVerdict.SAME);
        assertThat(repetition.differences()).isEmpty();
        assertThat(process.call(() -> api.data(List.of(repeated.id()))).get(0).tags())
                .contains(new Param("slipway.repeats", original.id().value()));
        assertThat(process.call(() -> api.repetitions(List.of(original.id()))))
                .as("it repeats none")
                .isEmpty();
    }

    @Test
    void itIsDerivedFromItsOriginalInTheLineageGraph() {
        Entity<RunId, Run> original = trained();
        Entity<RunId, Run> repeated = process.call(() -> api.repeat(original.id(), AGAIN));

        assertThat(process.bean(GraphStore.class)
                        .traverse(new TraversalQuery(
                                Workspace.DEFAULT,
                                List.of(EntityId.of(repeated.id())),
                                Direction.UPSTREAM,
                                Set.of(EdgeType.DERIVED_FROM),
                                1,
                                10))
                        .nodes())
                .extracting(node -> node.entity().id())
                .containsExactly(EntityId.of(repeated.id()), EntityId.of(original.id()));
        process.await(repeated.body().job());
    }

    @Test
    void whatCameOutOtherwiseIsToldByItsMetrics() {
        Entity<RunId, Run> original = trained();
        Entity<RunId, Run> repeated = process.call(() -> api.repeat(original.id(), AGAIN));
        assertThat(repetition(repeated.id()).verdict()).isIn(RepetitionVerdict.PENDING, RepetitionVerdict.SAME);
        process.await(repeated.body().job());

        Metric other = new Metric("train_loss", 7, 1, 1000);
        Metric more = new Metric("more", Double.NaN, 1, 0);
        Metric load = new Metric("system/cpu_utilization_percentage", 7, 1, 1000);
        process.run(() -> api.log(repeated.id(), new LogBatch(List.of(other, more, load), List.of(), List.of())));

        assertThat(repetition(repeated.id()).differences())
                .extracting(MetricDifference::key, MetricDifference::repeated)
                .containsExactly(tuple("more", Double.NaN), tuple("train_loss", 7.0));
    }

    @Test
    void oneKeyRepeatsOnce() {
        Entity<RunId, Run> original = trained();
        RepeatRun once = new RepeatRun("once");

        Entity<RunId, Run> first = process.call(() -> api.repeat(original.id(), once));
        Entity<RunId, Run> second = process.call(() -> api.repeat(original.id(), once));

        assertThat(second.id()).isEqualTo(first.id());
        process.await(first.body().job());
    }

    @Test
    void aRepetitionCanItselfBeRepeated() {
        Entity<RunId, Run> original = trained();
        Entity<RunId, Run> first = process.call(() -> api.repeat(original.id(), AGAIN));
        process.await(first.body().job());

        Entity<RunId, Run> second = process.call(() -> api.repeat(first.id(), AGAIN));
        process.await(second.body().job());

        assertThat(second.body().name()).isEqualTo("first (repeat)");
        assertThat(repetition(second.id()).verdict()).isEqualTo(RepetitionVerdict.SAME);
    }

    @Test
    void aCancelledRepetitionHasFailed() {
        Entity<RunId, Run> original = trained();
        Entity<RunId, Run> repeated = process.call(() -> api.repeat(original.id(), AGAIN));
        process.call(() -> process.bean(JobsApi.class).cancel(repeated.body().job()));
        try {
            process.await(repeated.body().job());
            assertThat(repetition(repeated.id()).verdict()).as("it was faster").isEqualTo(RepetitionVerdict.SAME);
        } catch (SlipwayException e) {
            assertThat(e.code()).isEqualTo("job.cancelled");
            assertThat(repetition(repeated.id()).verdict()).isEqualTo(RepetitionVerdict.FAILED);
        }
    }

    @Test
    void whatSlipwayDidNotTrainItCantRepeat() {
        Entity<RunId, Run> logged = process.call(() -> api.createRun(new CreateRun(experiment, "outside")));

        refused(ErrorKind.UNSUPPORTED, "run.not-trained-here", logged.id());
        refused(ErrorKind.NOT_FOUND, "run.unknown", new RunId("f".repeat(32)));
    }

    @Test
    void aRunWithoutAModelIsNotRepeated() {
        Entity<RunId, Run> stopped = start(new Hyperparameters(1000, 1, 0.001f, 1), NETWORK);
        process.call(() -> process.bean(JobsApi.class).cancel(stopped.body().job()));
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> process.await(stopped.body().job()))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("job.cancelled"));

        refused(ErrorKind.CONFLICT, "run.unfinished", stopped.id());
    }

    private void refused(ErrorKind kind, String code, RunId run) {
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> process.call(() -> api.repeat(run, AGAIN)))
                .satisfies(refusal -> {
                    assertThat(refusal.kind()).isEqualTo(kind);
                    assertThat(refusal.code()).isEqualTo(code);
                });
    }

    private Repetition repetition(RunId run) {
        return process.call(() -> api.repetitions(List.of(run))).get(0);
    }

    private Entity<RunId, Run> trained() {
        Entity<RunId, Run> run = start(SETTINGS, NETWORK);
        process.await(run.body().job());
        return process.call(() -> api.run(run.id()));
    }

    private Entity<RunId, Run> start(Hyperparameters settings, List<Layer> network) {
        DatasetVersionId version =
                process.call(() -> process.bean(TestDatasets.class).images(200));
        return process.call(() -> api.train(new StartTraining(experiment, "first", version, network, settings, null)));
    }
}
