package dev.slipway.training.pipeline;

import dev.slipway.api.dataset.CommitVersion;
import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.labeling.LabelingApi;
import dev.slipway.api.labeling.Project;
import dev.slipway.api.training.PipelineOutputs;
import dev.slipway.api.training.PipelineStep;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ProjectId;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;

/** Cuts a dataset version from the exported annotations; equal content gives the same version again. */
@Singleton
final class CommitDatasetStep implements StepRunner<PipelineStep.CommitDataset> {
    private final BeanProvider<LabelingApi> labeling;
    private final BeanProvider<DatasetApi> datasets;

    CommitDatasetStep(BeanProvider<LabelingApi> labeling, BeanProvider<DatasetApi> datasets) {
        this.labeling = labeling;
        this.datasets = datasets;
    }

    @Override
    public PipelineOutputs run(PipelineStep.CommitDataset step, StepContext context, PipelineOutputs inputs) {
        ProjectId id = Inputs.required("project", inputs.project());
        Entity<ProjectId, Project> project =
                Inputs.existing("project", id, labeling.get().project(id));
        DatasetVersionId version = datasets.get()
                .commit(new CommitVersion(
                        step.dataset(),
                        id,
                        Inputs.required("samples", inputs.samples()),
                        project.body().labels(),
                        step.fractions(),
                        step.seed()))
                .id();
        return new PipelineOutputs(
                inputs.samples(), inputs.project(), version, inputs.run(), inputs.modelVersion(), inputs.release());
    }
}
