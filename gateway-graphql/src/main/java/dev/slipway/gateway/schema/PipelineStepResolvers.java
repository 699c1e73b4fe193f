package dev.slipway.gateway.schema;

import dev.slipway.api.training.Hyperparameters;
import dev.slipway.api.training.Layer;
import dev.slipway.api.training.PipelineStep;
import jakarta.inject.Singleton;

/** The steps of pipelines, and the networks they train. */
@Singleton
final class PipelineStepResolvers implements Resolvers {
    @Override
    public void wire(Wiring wiring) {
        wireSteps(wiring.tellApart("PipelineStep"));
        wireLayers(wiring.tellApart("Layer"));
        wiring.type("Hyperparameters", Hyperparameters.class)
                .field("epochs", Hyperparameters::epochs)
                .field("batchSize", Hyperparameters::batchSize)
                .field("learningRate", Hyperparameters::learningRate)
                .field("seed", Hyperparameters::seed);
    }

    private static void wireSteps(Wiring wiring) {
        wiring.type("CollectLabelsStep", PipelineStep.CollectLabels.class)
                .field("kind", step -> "collect-labels")
                .reference("monitor", Kinds.MONITOR, PipelineStep.CollectLabels::monitor)
                .reference("project", Kinds.PROJECT, PipelineStep.CollectLabels::project);
        wiring.type("ExportLabelsStep", PipelineStep.ExportLabels.class)
                .field("kind", step -> "export-labels")
                .reference("project", Kinds.PROJECT, PipelineStep.ExportLabels::project);
        wiring.type("CommitDatasetStep", PipelineStep.CommitDataset.class)
                .field("kind", step -> "commit-dataset")
                .reference("dataset", Kinds.DATASET, PipelineStep.CommitDataset::dataset)
                .field("train", step -> step.fractions().train())
                .field("validation", step -> step.fractions().validation())
                .field("test", step -> step.fractions().test())
                .field("seed", PipelineStep.CommitDataset::seed);
        wiring.type("TrainStep", PipelineStep.Train.class)
                .field("kind", step -> "train")
                .reference("experiment", Kinds.EXPERIMENT, PipelineStep.Train::experiment)
                .field("network", PipelineStep.Train::network)
                .field("hyperparameters", PipelineStep.Train::hyperparameters);
        wiring.type("RegisterStep", PipelineStep.Register.class)
                .field("kind", step -> "register")
                .reference("model", Kinds.MODEL, PipelineStep.Register::model);
        wiring.type("ConvertStep", PipelineStep.Convert.class)
                .field("kind", step -> "convert")
                .field("targets", PipelineStep.Convert::targets)
                .field("precisions", PipelineStep.Convert::precisions)
                .field("layout", PipelineStep.Convert::layout);
        wiring.type("ReleaseStep", PipelineStep.Release.class)
                .field("kind", step -> "release")
                .field("channel", PipelineStep.Release::channel);
        wiring.type("PreannotateStep", PipelineStep.Preannotate.class)
                .field("kind", step -> "preannotate")
                .reference("project", Kinds.PROJECT, PipelineStep.Preannotate::project);
    }

    private static void wireLayers(Wiring wiring) {
        wiring.type("ConvolutionLayer", Layer.Convolution.class)
                .field("kind", layer -> "convolution")
                .field("filters", Layer.Convolution::filters)
                .field("kernel", Layer.Convolution::kernel)
                .field("padding", Layer.Convolution::padding);
        wiring.type("ReluLayer", Layer.Relu.class).field("kind", layer -> "relu");
        wiring.type("MaxPoolLayer", Layer.MaxPool.class)
                .field("kind", layer -> "max-pool")
                .field("size", Layer.MaxPool::size);
        wiring.type("FlattenLayer", Layer.Flatten.class).field("kind", layer -> "flatten");
        wiring.type("DenseLayer", Layer.Dense.class)
                .field("kind", layer -> "dense")
                .field("units", Layer.Dense::units);
        wiring.type("DropoutLayer", Layer.Dropout.class)
                .field("kind", layer -> "dropout")
                .field("rate", Layer.Dropout::rate);
    }
}
