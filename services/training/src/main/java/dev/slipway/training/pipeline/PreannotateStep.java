package dev.slipway.training.pipeline;

import dev.slipway.api.labeling.LabelingApi;
import dev.slipway.api.labeling.Preannotate;
import dev.slipway.api.training.PipelineOutputs;
import dev.slipway.api.training.PipelineStep;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import java.util.List;

/** Lets the version label the project's unlabelled tasks for the time being. */
@Singleton
final class PreannotateStep implements StepRunner<PipelineStep.Preannotate> {
    private final BeanProvider<LabelingApi> labeling;

    PreannotateStep(BeanProvider<LabelingApi> labeling) {
        this.labeling = labeling;
    }

    @Override
    public PipelineOutputs run(PipelineStep.Preannotate step, StepContext context, PipelineOutputs inputs)
            throws InterruptedException {
        ModelVersionId version = Inputs.required("model version", inputs.modelVersion());
        // The contract takes no key, so a step that is resumed waits for the job that it had started.
        JobId job = context.earlierJob().orElseGet(() -> labeling.get()
                .preannotate(step.project(), new Preannotate(version))
                .id());
        context.await(List.of(job));
        return inputs;
    }
}
