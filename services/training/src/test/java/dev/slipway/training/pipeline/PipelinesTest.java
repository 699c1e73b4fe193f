package dev.slipway.training.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.api.conversion.Layout;
import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.StartConversion;
import dev.slipway.api.conversion.Target;
import dev.slipway.api.dataset.SplitFractions;
import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.Hyperparameters;
import dev.slipway.api.training.Layer;
import dev.slipway.api.training.Pipeline;
import dev.slipway.api.training.PipelineOutputs;
import dev.slipway.api.training.PipelineRun;
import dev.slipway.api.training.PipelineStep;
import dev.slipway.api.training.PipelinesApi;
import dev.slipway.api.training.StartPipeline;
import dev.slipway.api.training.StepRecord;
import dev.slipway.api.training.StepState;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.AlertId;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.PipelineId;
import dev.slipway.kernel.id.PipelineRunId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.TraversalQuery;
import dev.slipway.training.TestProcess;
import dev.slipway.training.TrainingKinds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PipelinesTest {
    private static final String ANY = "b".repeat(32);
    private static final ProjectId PROJECT = new ProjectId(ANY);
    private static final StartPipeline NOW = new StartPipeline(null, null);

    @TempDir
    private Path data;

    @Test
    void everyStepAddsToWhatTheStepsBeforeHaveMade() {
        try (TestProcess process = new TestProcess(data)) {
            PipelineId pipeline = save(process, "all", all(process)).id();

            Entity<PipelineRunId, PipelineRun> started =
                    process.call(() -> api(process).start(pipeline, new StartPipeline(TestWork.ALERT, "key")));
            process.await(started.body().job());

            PipelineRun run = read(process, started.id());
            assertThat(run.steps()).extracting(StepRecord::state).containsOnly(StepState.SUCCEEDED);
            assertThat(run.outputs()).hasNoNullFieldsOrProperties();
            assertThat(run.steps().get(7).outputs()).isEqualTo(run.outputs());
            assertThat(run.steps().get(0).inputs().run()).isNull();
            assertThat(run.cause()).isEqualTo(TestWork.ALERT);
            assertThat(work(process).done)
                    .containsSubsequence("collect", "import 10", "export", "register")
                    .contains("convert TFLITE FP32", "convert ORT FP32", "release production")
                    .endsWith("preannotate");
            assertThat(process.call(() -> api(process).start(pipeline, new StartPipeline(null, "key")))
                            .id())
                    .isEqualTo(started.id());
            assertThat(process.call(() -> api(process).listRuns(pipeline, 10, null))
                            .items())
                    .extracting(Entity::id)
                    .containsExactly(started.id());
            assertThat(edges(process, started.id())).containsExactly(EdgeType.TRIGGERED_BY);
            assertThat(events(process)).contains("pipeline-run.started", "pipeline-run.finished");
        }
    }

    @Test
    void aConvertStepMakesEveryPrecisionAndCalibratesOnThePipelinesDataset() {
        try (TestProcess process = new TestProcess(data)) {
            List<PipelineStep> steps = new ArrayList<>(all(process).subList(0, 5));
            steps.add(new PipelineStep.Convert(
                    List.of(Target.TFLITE), List.of(Precision.DYNAMIC, Precision.INT8), Layout.NHWC));
            PipelineId pipeline = save(process, "small", steps).id();

            Entity<PipelineRunId, PipelineRun> started =
                    process.call(() -> api(process).start(pipeline, NOW));
            process.await(started.body().job());

            PipelineOutputs made = read(process, started.id()).outputs();
            assertThat(work(process).asked)
                    .extracting(
                            StartConversion::modelVersion,
                            StartConversion::precision,
                            StartConversion::layout,
                            StartConversion::calibration)
                    .containsExactly(
                            tuple(made.modelVersion(), Precision.DYNAMIC, Layout.NHWC, null),
                            tuple(made.modelVersion(), Precision.INT8, Layout.NHWC, made.datasetVersion()));
            assertThat(work(process).done).contains("convert TFLITE DYNAMIC", "convert TFLITE INT8");
        }
    }

    @Test
    void whatATargetDoesNotTakeIsRefusedBeforeThePipelineRuns() {
        try (TestProcess process = new TestProcess(data)) {
            List<PipelineStep> steps = new ArrayList<>(all(process).subList(0, 5));
            steps.add(new PipelineStep.Convert(
                    List.of(Target.TFLITE, Target.ORT), List.of(Precision.FP32, Precision.DYNAMIC), null));

            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(() -> save(process, "small", steps))
                    .withMessage(
                            "A convert step can't make ORT files in DYNAMIC and layout KEEP; give ORT a convert step of"
                                    + " its own.")
                    .matches(e -> e.code().equals("pipeline.steps"));
        }
    }

    @Test
    void aFailedStepFailsTheRunWithItsReason() {
        try (TestProcess process = new TestProcess(data)) {
            work(process).refused.add("convert ORT FP32");
            PipelineId pipeline = save(process, "all", all(process)).id();

            Entity<PipelineRunId, PipelineRun> started =
                    process.call(() -> api(process).start(pipeline, NOW));
            assertThatExceptionOfType(SlipwayException.class)
                    .isThrownBy(() -> process.await(started.body().job()))
                    .matches(e -> e.code().equals("test.refused"));

            StepRecord convert = read(process, started.id()).steps().get(5);
            assertThat(convert.state()).isEqualTo(StepState.FAILED);
            assertThat(convert.failure().code()).isEqualTo("test.refused");
            assertThat(read(process, started.id()).steps().get(6).state()).isEqualTo(StepState.WAITING);
            assertThat(work(process).done).doesNotContain("release production");
            assertThat(events(process)).contains("pipeline-run.failed").doesNotContain("pipeline-run.finished");
        }
    }

    /** The worker dies at each point in turn, and another carries on; nothing is done twice. */
    @Test
    void aRunGoesOnWhereItsProcessDied() {
        try (TestProcess process = new TestProcess(data)) {
            List<PipelineStep> steps = List.of(
                    new PipelineStep.CollectLabels(new MonitorId(ANY), PROJECT),
                    new PipelineStep.ExportLabels(PROJECT));
            PipelineId pipeline = save(process, "resumed", steps).id();
            PipelineHandler handler = process.bean(PipelineHandler.class);
            for (int survived = 0; survived < 4; survived++) {
                PipelineRunId run = unworkedRun(process, pipeline, steps);
                work(process).done.clear();

                DyingJob dying = new DyingJob(survived);
                assertThatExceptionOfType(DyingJob.Death.class).isThrownBy(() -> attempt(process, handler, dying, run));
                int finished = Progress.next(read(process, run));
                assertThat(finished).isEqualTo(survived / 2);
                List<String> before = List.copyOf(work(process).done);
                attempt(process, handler, new DyingJob(Integer.MAX_VALUE), run);

                assertThat(read(process, run).steps())
                        .extracting(StepRecord::state)
                        .containsOnly(StepState.SUCCEEDED);
                if (finished > 0) {
                    assertThat(work(process)
                                    .done
                                    .subList(before.size(), work(process).done.size()))
                            .doesNotContain("collect");
                }
            }
        }
    }

    @Test
    void aPipelineIsSavedUnderItsName() {
        try (TestProcess process = new TestProcess(data)) {
            List<PipelineStep> steps = List.of(new PipelineStep.ExportLabels(PROJECT));
            Entity<PipelineId, Pipeline> first = save(process, "p", steps);
            assertThat(save(process, "p", steps)).isEqualTo(first);

            List<PipelineStep> changed = all(process);
            Entity<PipelineId, Pipeline> second = save(process, "p", changed);

            assertThat(second.id()).isEqualTo(first.id());
            assertThat(second.revision()).isEqualTo(2);
            assertThat(process.call(() -> api(process).pipeline(first.id()))
                            .body()
                            .steps())
                    .isEqualTo(changed);
            assertThat(process.call(() -> api(process).list(10, null)).items()).hasSize(1);
        }
    }

    @Test
    void whatCanNotWorkIsRefusedAtOnce() {
        try (TestProcess process = new TestProcess(data)) {
            refused("pipeline.name", () -> save(process, "", all(process)));
            refused("pipeline.steps", () -> save(process, "p", List.of()));
            refused("pipeline.steps", () -> save(process, "p", List.of(new PipelineStep.Release("production"))));
            refused(
                    "training.hyperparameters",
                    () -> save(
                            process,
                            "p",
                            List.of(
                                    new PipelineStep.ExportLabels(PROJECT),
                                    new PipelineStep.CommitDataset(new DatasetId(ANY), SplitFractions.DEFAULT, 1),
                                    new PipelineStep.Train(
                                            new ExperimentId(ANY), List.of(), new Hyperparameters(0, 1, 1, 1)))));
            refused("pipeline.unknown", () -> process.call(() -> api(process).start(new PipelineId(ANY), NOW)));
            PipelineId pipeline = save(process, "p", all(process)).id();
            refused(
                    "alert.unknown",
                    () -> process.call(() -> api(process).start(pipeline, new StartPipeline(new AlertId(ANY), null))));
        }
    }

    private static List<PipelineStep> all(TestProcess process) {
        ExperimentId experiment = process.call(
                        () -> process.bean(TrainingApi.class).createExperiment(new CreateExperiment("pipelines")))
                .id();
        return List.of(
                new PipelineStep.CollectLabels(new MonitorId(ANY), PROJECT),
                new PipelineStep.ExportLabels(PROJECT),
                new PipelineStep.CommitDataset(new DatasetId(ANY), SplitFractions.DEFAULT, 1),
                new PipelineStep.Train(
                        experiment,
                        List.of(new Layer.Flatten(), new Layer.Dense(10)),
                        new Hyperparameters(1, 32, 0.01f, 1)),
                new PipelineStep.Register(new ModelId(ANY)),
                new PipelineStep.Convert(List.of(Target.TFLITE, Target.ORT)),
                new PipelineStep.Release("production"),
                new PipelineStep.Preannotate(PROJECT));
    }

    /** A pipeline run whose job no worker takes, as it stands when its process has died. */
    private static PipelineRunId unworkedRun(TestProcess process, PipelineId pipeline, List<PipelineStep> steps) {
        return process.call(() -> {
            Entities entities = process.bean(Entities.class);
            PipelineRunId id = entities.newId(PipelineRunId::new);
            Change change = entities.change();
            change.create(
                    TrainingKinds.PIPELINE_RUN,
                    id,
                    new PipelineRun(
                            pipeline,
                            new JobId(ANY),
                            steps.stream()
                                    .map(step ->
                                            new StepRecord(step, StepState.WAITING, null, null, null, null, null, null))
                                    .toList(),
                            PipelineOutputs.NONE,
                            null));
            change.commit();
            return id;
        });
    }

    private static void attempt(TestProcess process, PipelineHandler handler, JobContext job, PipelineRunId run) {
        process.run(() -> {
            try {
                handler.run(job, new PipelineInput(run));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** A job whose process dies before it has made so many more changes. */
    private static final class DyingJob implements JobContext {
        static final class Death extends RuntimeException {}

        private int left;

        DyingJob(int changes) {
            left = changes;
        }

        @Override
        public JobId id() {
            return new JobId(ANY);
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public void progress(double fraction, String message) {}

        @Override
        public void log(String line) {}

        @Override
        public Change fence(Change change) {
            if (left-- == 0) {
                throw new Death();
            }
            return change;
        }
    }

    private static void refused(String code, Supplier<?> call) {
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(call::get)
                .matches(e -> e.code().equals(code), code);
    }

    private static List<EdgeType> edges(TestProcess process, PipelineRunId run) {
        return new ArrayList<>(process
                .bean(GraphStore.class)
                .traverse(new TraversalQuery(
                        Workspace.DEFAULT, List.of(EntityId.of(run)), Direction.UPSTREAM, Set.of(), 1, 10))
                .edges()
                .stream()
                .map(Edge::type)
                .toList());
    }

    private static List<String> events(TestProcess process) {
        return process.bean(GraphStore.class).events(0, 10_000).stream()
                .map(event -> event.event().type())
                .toList();
    }

    private static Entity<PipelineId, Pipeline> save(TestProcess process, String name, List<PipelineStep> steps) {
        return process.call(() -> api(process).save(new Pipeline(name, steps)));
    }

    private static PipelineRun read(TestProcess process, PipelineRunId id) {
        return process.call(() -> api(process).run(id)).body();
    }

    private static PipelinesApi api(TestProcess process) {
        return process.bean(PipelinesApi.class);
    }

    private static TestWork work(TestProcess process) {
        return process.bean(TestWork.class);
    }
}
