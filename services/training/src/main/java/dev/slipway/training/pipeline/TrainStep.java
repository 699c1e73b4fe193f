package dev.slipway.training.pipeline;

import dev.slipway.api.training.PipelineOutputs;
import dev.slipway.api.training.PipelineStep;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.StartTraining;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.RunId;
import io.micronaut.context.BeanProvider;
import jakarta.inject.Singleton;
import java.util.List;

/** Trains the network on the dataset version. */
@Singleton
final class TrainStep implements StepRunner<PipelineStep.Train> {
    private final BeanProvider<TrainingApi> training;

    TrainStep(BeanProvider<TrainingApi> training) {
        this.training = training;
    }

    @Override
    public PipelineOutputs run(PipelineStep.Train step, StepContext context, PipelineOutputs inputs)
            throws InterruptedException {
        Entity<RunId, Run> run = training.get()
                .train(new StartTraining(
                        step.experiment(),
                        "pipeline " + context.key(),
                        Inputs.required("dataset version", inputs.datasetVersion()),
                        step.network(),
                        step.hyperparameters(),
                        context.key()));
        context.await(List.of(run.body().job()));
        return new PipelineOutputs(
                inputs.samples(),
                inputs.project(),
                inputs.datasetVersion(),
                run.id(),
                inputs.modelVersion(),
                inputs.release());
    }
}
