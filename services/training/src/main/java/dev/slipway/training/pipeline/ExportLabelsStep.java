package dev.slipway.training.pipeline;

import dev.slipway.api.SampleFile;
import dev.slipway.api.labeling.LabelingApi;
import dev.slipway.api.training.PipelineOutputs;
import dev.slipway.api.training.PipelineStep;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;

/** Exports a project's accepted annotations. */
@Singleton
final class ExportLabelsStep implements StepRunner<PipelineStep.ExportLabels> {
    private final BeanProvider<LabelingApi> labeling;

    ExportLabelsStep(BeanProvider<LabelingApi> labeling) {
        this.labeling = labeling;
    }

    @Override
    public PipelineOutputs run(PipelineStep.ExportLabels step, StepContext context, PipelineOutputs inputs) {
        SampleFile samples = labeling.get().exportLabelled(step.project());
        return new PipelineOutputs(
                samples,
                step.project(),
                inputs.datasetVersion(),
                inputs.run(),
                inputs.modelVersion(),
                inputs.release());
    }
}
