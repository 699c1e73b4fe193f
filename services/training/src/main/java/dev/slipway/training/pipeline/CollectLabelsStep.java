package dev.slipway.training.pipeline;

import dev.slipway.api.SampleFile;
import dev.slipway.api.labeling.LabelingApi;
import dev.slipway.api.monitoring.MonitoringApi;
import dev.slipway.api.training.PipelineOutputs;
import dev.slipway.api.training.PipelineStep;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;

/** Imports into a project what a monitor saw in production and whose true labels have arrived. */
@Singleton
final class CollectLabelsStep implements StepRunner<PipelineStep.CollectLabels> {
    private final BeanProvider<MonitoringApi> monitoring;
    private final BeanProvider<LabelingApi> labeling;

    CollectLabelsStep(BeanProvider<MonitoringApi> monitoring, BeanProvider<LabelingApi> labeling) {
        this.monitoring = monitoring;
        this.labeling = labeling;
    }

    @Override
    public PipelineOutputs run(PipelineStep.CollectLabels step, StepContext context, PipelineOutputs inputs) {
        SampleFile collected = monitoring.get().exportLabelled(step.monitor());
        if (collected.count() > 0) {
            // Samples that are there already, by their keys, are not imported again.
            labeling.get().importTasks(step.project(), collected);
        }
        return inputs;
    }
}
