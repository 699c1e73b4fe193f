package dev.slipway.training.pipeline;

import dev.slipway.api.training.PipelineOutputs;
import dev.slipway.api.training.PipelineStep;
import jakarta.inject.Singleton;

/** Knows who carries out which step. */
@Singleton
final class Steps {
    private final CollectLabelsStep collectLabels;
    private final ExportLabelsStep exportLabels;
    private final CommitDatasetStep commitDataset;
    private final TrainStep train;
    private final RegisterStep register;
    private final ConvertStep convert;
    private final ReleaseStep release;
    private final PreannotateStep preannotate;

    Steps(
            CollectLabelsStep collectLabels,
            ExportLabelsStep exportLabels,
            CommitDatasetStep commitDataset,
            TrainStep train,
            RegisterStep register,
            ConvertStep convert,
            ReleaseStep release,
            PreannotateStep preannotate) {
        this.collectLabels = collectLabels;
        this.exportLabels = exportLabels;
        this.commitDataset = commitDataset;
        this.train = train;
        this.register = register;
        this.convert = convert;
        this.release = release;
        this.preannotate = preannotate;
    }

    PipelineOutputs run(PipelineStep given, StepContext context, PipelineOutputs inputs) throws InterruptedException {
        if (given instanceof PipelineStep.CollectLabels step) {
            return collectLabels.run(step, context, inputs);
        } else if (given instanceof PipelineStep.ExportLabels step) {
            return exportLabels.run(step, context, inputs);
        } else if (given instanceof PipelineStep.CommitDataset step) {
            return commitDataset.run(step, context, inputs);
        } else if (given instanceof PipelineStep.Train step) {
            return train.run(step, context, inputs);
        } else if (given instanceof PipelineStep.Register step) {
            return register.run(step, context, inputs);
        } else if (given instanceof PipelineStep.Convert step) {
            return convert.run(step, context, inputs);
        } else if (given instanceof PipelineStep.Release step) {
            return release.run(step, context, inputs);
        } else if (given instanceof PipelineStep.Preannotate step) {
            return preannotate.run(step, context, inputs);
        }
        throw new IllegalStateException("unknown step " + given);
    }
}
