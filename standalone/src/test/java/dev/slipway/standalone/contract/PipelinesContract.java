package dev.slipway.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.conversion.Layout;
import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.Target;
import dev.slipway.api.dataset.CreateDataset;
import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.dataset.SplitFractions;
import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobState;
import dev.slipway.api.jobs.JobsApi;
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
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.AlertId;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.PipelineId;
import dev.slipway.kernel.id.PipelineRunId;
import dev.slipway.kernel.id.ProjectId;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class PipelinesContract extends Contract {
    private static final ProjectId UNKNOWN_PROJECT = new ProjectId(NOBODY);
    private static final StartPipeline PLAIN = new StartPipeline(null, null);

    private final PipelinesApi pipelines = bean(PipelinesApi.class);

    PipelinesContract(Binding binding) {
        super(binding);
    }

    @Test
    void whatIsUnknownIsNull() {
        assertThat(pipelines.pipeline(new PipelineId(NOBODY))).isNull();
        assertThat(pipelines.run(new PipelineRunId(NOBODY))).isNull();
        assertThat(pipelines.runs(List.of(new PipelineRunId(NOBODY)))).isEmpty();
        refused(ErrorKind.NOT_FOUND, "pipeline.unknown", () -> pipelines.start(new PipelineId(NOBODY), PLAIN));
    }

    @Test
    void everyStepAndEveryLayerComesBack() {
        List<Layer> network = List.of(
                new Layer.Convolution(16, 3, 1),
                new Layer.Relu(),
                new Layer.MaxPool(2),
                new Layer.Flatten(),
                new Layer.Dropout(0.1f),
                new Layer.Dense(2));
        Pipeline pipeline = new Pipeline(
                "everything",
                List.of(
                        new PipelineStep.CollectLabels(new MonitorId(NOBODY), UNKNOWN_PROJECT),
                        new PipelineStep.ExportLabels(UNKNOWN_PROJECT),
                        new PipelineStep.CommitDataset(
                                new DatasetId(NOBODY), new SplitFractions(0.7, 0.1, 0.2), Long.MIN_VALUE),
                        new PipelineStep.Train(
                                new ExperimentId(NOBODY),
                                network,
                                new Hyperparameters(12, 32, Float.MIN_VALUE, 9007199254740993L)),
                        new PipelineStep.Register(new ModelId(NOBODY)),
                        new PipelineStep.Convert(List.of(Target.TFLITE, Target.ORT)),
                        new PipelineStep.Convert(
                                List.of(Target.TFLITE), List.of(Precision.FP16, Precision.INT8), Layout.NHWC),
                        new PipelineStep.Release("production"),
                        new PipelineStep.Preannotate(UNKNOWN_PROJECT)));

        Entity<PipelineId, Pipeline> saved = pipelines.save(pipeline);

        assertThat(saved.body()).isEqualTo(pipeline);
        assertThat(pipelines.pipeline(saved.id())).isEqualTo(saved);
    }

    @Test
    void savingAgainGivesNewSteps() {
        Entity<PipelineId, Pipeline> first = pipelines.save(exporting(UNKNOWN_PROJECT));
        ProjectId other = given().project();

        Entity<PipelineId, Pipeline> second = pipelines.save(exporting(other));

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.revision()).isEqualTo(2);
        assertThat(second.body()).isEqualTo(exporting(other));
    }

    @Test
    void whatCannotSucceedIsInvalid() {
        assertThat(refused(
                        ErrorKind.INVALID,
                        "pipeline.steps",
                        () -> pipelines.save(
                                new Pipeline("registering", List.of(new PipelineStep.Register(new ModelId(NOBODY)))))))
                .hasMessage("Step 1 (Register) needs a run, which no step before it makes.");
        refused(ErrorKind.INVALID, "pipeline.steps", () -> pipelines.save(new Pipeline("none", List.of())));
        refused(ErrorKind.INVALID, "pipeline.name", () -> pipelines.save(new Pipeline(" ", List.of())));
    }

    @Test
    void aKeyStartsOneRun() {
        PipelineId pipeline = pipelines.save(exporting(UNKNOWN_PROJECT)).id();
        StartPipeline request = new StartPipeline(null, "once");

        Entity<PipelineRunId, PipelineRun> run = pipelines.start(pipeline, request);

        assertThat(pipelines.start(pipeline, request)).isEqualTo(run);
        assertThat(pipelines.run(run.id())).isEqualTo(run);
        assertThat(pipelines.runs(List.of(run.id(), new PipelineRunId(NOBODY)))).containsExactly(run);
        assertThat(run.body().outputs()).isEqualTo(PipelineOutputs.NONE);
        assertThat(run.body().cause()).isNull();
        assertThat(run.body().steps())
                .containsExactly(new StepRecord(
                        new PipelineStep.ExportLabels(UNKNOWN_PROJECT),
                        StepState.WAITING,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
        refused(
                ErrorKind.NOT_FOUND,
                "alert.unknown",
                () -> pipelines.start(pipeline, new StartPipeline(new AlertId(NOBODY), null)));
    }

    /** Labels stand in one service and datasets in another: with two processes, each step is a call between them. */
    @Test
    void aRunGoesFromLabelsToADatasetVersion() {
        PipelineRunId id = whereJobsRun(() -> {
            ProjectId project = given().labelledProject();
            DatasetId dataset = bean(DatasetApi.class)
                    .createDataset(new CreateDataset(Given.newName()))
                    .id();
            return pipelines
                    .start(
                            pipelines
                                    .save(new Pipeline(
                                            Given.newName(),
                                            List.of(
                                                    new PipelineStep.ExportLabels(project),
                                                    new PipelineStep.CommitDataset(
                                                            dataset, SplitFractions.DEFAULT, 42))))
                                    .id(),
                            PLAIN)
                    .id();
        });

        Job job = end(id);

        assertThat(job.state()).as("%s", job.failure()).isEqualTo(JobState.SUCCEEDED);
        PipelineRun run = whereJobsRun(() -> pipelines.run(id)).body();
        assertThat(run.steps()).extracting(StepRecord::state).containsOnly(StepState.SUCCEEDED);
        assertThat(run.outputs().samples()).isNotNull();
        assertThat(run.outputs().run()).isNull();
        assertThat(run.steps().get(1).outputs()).isEqualTo(run.outputs());
        assertThat(whereJobsRun(
                        () -> bean(DatasetApi.class).version(run.outputs().datasetVersion())))
                .isNotNull();
    }

    @Test
    void aFailedStepTellsWhy() {
        PipelineRunId id = whereJobsRun(() -> pipelines
                .start(
                        pipelines
                                .save(new Pipeline(
                                        Given.newName(), List.of(new PipelineStep.ExportLabels(UNKNOWN_PROJECT))))
                                .id(),
                        PLAIN)
                .id());

        Job job = end(id);

        assertThat(job.state()).isEqualTo(JobState.FAILED);
        assertThat(job.failure().kind()).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(job.failure().code()).isEqualTo("project.unknown");
        // The end of the job comes first, and what follows from it after.
        StepRecord step = Eventually.see(
                () -> whereJobsRun(() -> pipelines.run(id)).body().steps().get(0),
                record -> record.state() == StepState.FAILED);
        assertThat(step.failure()).isEqualTo(job.failure());
        assertThat(step.outputs()).isNull();
    }

    @Test
    void pipelinesAndTheirRunsComeInPagesNewestFirst() {
        PipelineId first = pipelines.save(exporting(UNKNOWN_PROJECT)).id();
        PipelineId second = pipelines
                .save(new Pipeline("2", exporting(UNKNOWN_PROJECT).steps()))
                .id();
        PipelineId third = pipelines
                .save(new Pipeline("3", exporting(UNKNOWN_PROJECT).steps()))
                .id();
        PipelineRunId firstRun = pipelines.start(first, PLAIN).id();
        PipelineRunId secondRun = pipelines.start(first, PLAIN).id();
        PipelineRunId thirdRun = pipelines.start(first, PLAIN).id();

        Pages.inTwos(List.of(third, second, first), pipelines::list);
        Pages.inTwos(
                List.of(thirdRun, secondRun, firstRun), (limit, cursor) -> pipelines.listRuns(first, limit, cursor));
    }

    @Test
    void whatLacksAPartIsInvalid() {
        incomplete(() -> pipelines.save(new Pipeline(null, List.of())));
        incomplete(() -> pipelines.save(new Pipeline("none", null)));
    }

    @Test
    void aViewerOnlyReads() {
        PipelineId pipeline = pipelines.save(exporting(UNKNOWN_PROJECT)).id();

        needs(Role.ENGINEER, "save", () -> pipelines.save(exporting(UNKNOWN_PROJECT)));
        needs(Role.ENGINEER, "start", () -> pipelines.start(pipeline, PLAIN));
        assertThat(as(Role.VIEWER, () -> pipelines.pipeline(pipeline))).isNotNull();
    }

    private Job end(PipelineRunId id) {
        JobId job = whereJobsRun(() -> pipelines.run(id)).body().job();
        return Eventually.see(
                () -> whereJobsRun(() -> bean(JobsApi.class).job(job)).body(),
                look -> look.state().isFinal());
    }

    private static Pipeline exporting(ProjectId project) {
        return new Pipeline("exporting", List.of(new PipelineStep.ExportLabels(project)));
    }
}
