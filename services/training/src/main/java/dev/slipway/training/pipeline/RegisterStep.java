package dev.slipway.training.pipeline;

import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.registry.RegisterVersion;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.api.training.PipelineOutputs;
import dev.slipway.api.training.PipelineStep;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.RunId;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;

/** Registers the run's model as a version. */
@Singleton
final class RegisterStep implements StepRunner<PipelineStep.Register> {
    private final BeanProvider<TrainingApi> training;
    private final BeanProvider<DatasetApi> datasets;
    private final BeanProvider<RegistryApi> registry;

    RegisterStep(
            BeanProvider<TrainingApi> training, BeanProvider<DatasetApi> datasets, BeanProvider<RegistryApi> registry) {
        this.training = training;
        this.datasets = datasets;
        this.registry = registry;
    }

    @Override
    public PipelineOutputs run(PipelineStep.Register step, StepContext context, PipelineOutputs inputs) {
        RunId id = Inputs.required("run", inputs.run());
        Run run = Inputs.existing("run", id, training.get().run(id)).body();
        DatasetVersionId versionId = Inputs.required("dataset version", run.datasetVersion());
        DatasetVersion version = Inputs.existing(
                        "dataset-version", versionId, datasets.get().version(versionId))
                .body();
        ModelVersionId registered = registry.get()
                .register(new RegisterVersion(
                        step.model(),
                        id,
                        versionId,
                        Inputs.required("model", run.model()),
                        version.classes(),
                        version.sampleShape(),
                        context.key()))
                .id();
        return new PipelineOutputs(
                inputs.samples(),
                inputs.project(),
                inputs.datasetVersion(),
                inputs.run(),
                registered,
                inputs.release());
    }
}
