package dev.slipway.training.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.api.jobs.JobState;
import dev.slipway.api.jobs.JobsApi;
import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.Hyperparameters;
import dev.slipway.api.training.Layer;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunData;
import dev.slipway.api.training.RunState;
import dev.slipway.api.training.StartTraining;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.run.OnnxSession;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.TraversalQuery;
import dev.slipway.training.TestDatasets;
import dev.slipway.training.TestProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TrainingTest {
    private static final List<Layer> NETWORK = List.of(
            new Layer.Convolution(8, 3, 1),
            new Layer.Relu(),
            new Layer.MaxPool(2),
            new Layer.Flatten(),
            new Layer.Dropout(0.1f),
            new Layer.Dense(32),
            new Layer.Relu(),
            new Layer.Dense(10));
    private static final Hyperparameters SETTINGS = new Hyperparameters(4, 32, 0.002f, 42);

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
    void aTrainedNetworkBecomesACheckedModel() {
        DatasetVersionId version = images(800);

        Entity<RunId, Run> started = train(version, NETWORK, SETTINGS);
        assertThat(started.body().state()).isEqualTo(RunState.SCHEDULED);
        process.await(started.body().job());

        Run run = process.call(() -> api.run(started.id())).body();
        assertThat(run.state()).isEqualTo(RunState.FINISHED);
        assertThat(run.finished()).isNotNull();
        byte[] onnx = process.bean(ArtifactStore.class).read(run.model(), 10_000_000);
        try (OnnxSession session = OnnxSession.open(onnx)) {
            assertThat(session.run(new Tensor(List.of(3, 1, 8, 8), new float[3 * 64]))
                            .shape())
                    .containsExactly(3, 10);
            assertThat(session.outputs()).extracting("name").containsExactly("probabilities");
        }
        RunData logged = process.call(() -> api.data(List.of(started.id()))).get(0);
        assertThat(logged.params())
                .extracting("key")
                .contains("epochs", "batch_size", "learning_rate", "seed", "network", "dataset_version");
        assertThat(logged.metrics())
                .filteredOn(metric -> metric.key().equals("test_accuracy"))
                .singleElement()
                .satisfies(metric -> assertThat(metric.value()).isGreaterThan(0.9));
        assertThat(process.call(() -> api.history(started.id(), "validation_loss", 100, null))
                        .items())
                .extracting(Metric::step)
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(process.bean(GraphStore.class)
                        .traverse(new TraversalQuery(
                                Workspace.DEFAULT,
                                List.of(EntityId.of(started.id())),
                                Direction.UPSTREAM,
                                Set.of(),
                                1,
                                10))
                        .edges())
                .extracting(Edge::type)
                .containsExactly(EdgeType.USED);
        assertThat(process.bean(GraphStore.class).events(0, 1000))
                .extracting(event -> event.event().type())
                .contains("run.created", "run.started", "run.finished");
    }

    @Test
    void theSeedDecidesTheModel() {
        DatasetVersionId version = images(200);
        List<Layer> network = List.of(new Layer.Flatten(), new Layer.Dense(10));
        Hyperparameters settings = new Hyperparameters(2, 16, 0.01f, 5);

        List<Entity<RunId, Run>> runs = List.of(
                train(version, network, settings),
                train(version, network, settings),
                train(version, network, new Hyperparameters(2, 16, 0.01f, 6)));
        runs.forEach(run -> process.await(run.body().job()));

        List<Run> ended = runs.stream()
                .map(run -> process.call(() -> api.run(run.id())).body())
                .toList();
        assertThat(ended.get(0).model())
                .isEqualTo(ended.get(1).model())
                .isNotEqualTo(ended.get(2).model());
    }

    @Test
    void theSeedDecidesDropoutTooWhileOthersTrain() {
        DatasetVersionId version = images(200);
        List<Layer> network = List.of(new Layer.Flatten(), new Layer.Dropout(0.3f), new Layer.Dense(10));
        Hyperparameters settings = new Hyperparameters(3, 16, 0.01f, 5);

        List<Entity<RunId, Run>> runs = List.of(
                train(version, network, settings),
                train(version, network, new Hyperparameters(3, 16, 0.01f, 6)),
                train(version, network, settings));
        runs.forEach(run -> process.await(run.body().job()));

        List<Run> ended = runs.stream()
                .map(run -> process.call(() -> api.run(run.id())).body())
                .toList();
        assertThat(ended.get(0).model())
                .isEqualTo(ended.get(2).model())
                .isNotEqualTo(ended.get(1).model());
    }

    @Test
    void oneKeyStartsOneRun() {
        DatasetVersionId version = images(100);
        StartTraining request =
                new StartTraining(experiment, "once", version, NETWORK, new Hyperparameters(1, 32, 0.01f, 1), "key");

        Entity<RunId, Run> first = process.call(() -> api.train(request));

        assertThat(process.call(() -> api.train(request)).id()).isEqualTo(first.id());
        process.await(first.body().job());
    }

    @Test
    void aCancelledTrainingIsKilled() {
        DatasetVersionId version = images(100);
        List<Layer> small = List.of(new Layer.Flatten(), new Layer.Dense(10));
        Entity<RunId, Run> run = train(version, small, new Hyperparameters(1000, 8, 0.001f, 1));
        while (process.call(() -> api.history(run.id(), "train_loss", 1, null))
                .items()
                .isEmpty()) {
            Thread.onSpinWait();
        }

        process.call(() -> process.bean(JobsApi.class).cancel(run.body().job()));

        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> process.await(run.body().job()))
                .matches(e -> e.code().equals("job.cancelled"));
        assertThat(process.call(() -> process.bean(JobsApi.class).job(run.body().job()))
                        .body()
                        .state())
                .isEqualTo(JobState.CANCELLED);
        assertThat(process.call(() -> api.run(run.id())).body().state()).isEqualTo(RunState.KILLED);
    }

    @Test
    void aNetworkThatDivergesFailsItsRun() {
        DatasetVersionId version =
                process.call(() -> process.bean(TestDatasets.class).images(100, 1e37f));
        List<Layer> deep = new ArrayList<>(List.of(new Layer.Flatten()));
        deep.addAll(Collections.nCopies(30, new Layer.Dense(64)));
        deep.add(new Layer.Dense(10));
        Entity<RunId, Run> run = train(version, deep, new Hyperparameters(2, 4, 1f, 1));

        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> process.await(run.body().job()))
                .matches(e -> e.code().equals("training.diverged"));
        assertThat(process.call(() -> api.run(run.id())).body().state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void badRequestsAreRefusedBeforeAnythingIsMade() {
        DatasetVersionId version = images(10);
        refused("dataset-version.unknown", new DatasetVersionId("0".repeat(32)), NETWORK, SETTINGS);
        refused("training.network", version, List.of(), SETTINGS);
        refused("training.hyperparameters", version, NETWORK, new Hyperparameters(0, 1, 0.1f, 1));
        refused("training.hyperparameters", version, NETWORK, new Hyperparameters(1, 1, Float.NaN, 1));

        assertThat(process.bean(GraphStore.class).events(0, 1000))
                .extracting(event -> event.event().type())
                .doesNotContain("run.created", "job.queued");
    }

    private DatasetVersionId images(int count) {
        return process.call(() -> process.bean(TestDatasets.class).images(count));
    }

    private void refused(String code, DatasetVersionId version, List<Layer> network, Hyperparameters settings) {
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> train(version, network, settings))
                .matches(e -> e.code().equals(code), code);
    }

    private Entity<RunId, Run> train(DatasetVersionId version, List<Layer> network, Hyperparameters settings) {
        return process.call(() -> api.train(new StartTraining(experiment, "cnn", version, network, settings, null)));
    }
}
