package dev.slipway.training.pipeline;

import dev.slipway.api.conversion.ConversionApi;
import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.StartConversion;
import dev.slipway.api.conversion.Target;
import dev.slipway.api.training.PipelineOutputs;
import dev.slipway.api.training.PipelineStep;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Converts the version to each target in each precision, all at once, and waits until every file is verified. */
@Singleton
final class ConvertStep implements StepRunner<PipelineStep.Convert> {
    private final BeanProvider<ConversionApi> conversions;

    ConvertStep(BeanProvider<ConversionApi> conversions) {
        this.conversions = conversions;
    }

    @Override
    public PipelineOutputs run(PipelineStep.Convert step, StepContext context, PipelineOutputs inputs)
            throws InterruptedException {
        ModelVersionId version = Inputs.required("model version", inputs.modelVersion());
        List<JobId> jobs = new ArrayList<>();
        for (Target target : step.targets()) {
            for (Precision precision : step.precisions()) {
                StartConversion request = new StartConversion(
                        version,
                        target,
                        precision,
                        step.layout(),
                        precision.isCalibrated() ? inputs.datasetVersion() : null,
                        String.join("/", context.key(), target.name(), precision.name()));
                jobs.add(conversions.get().convert(request).body().job());
            }
        }
        context.await(jobs);
        return inputs;
    }
}
