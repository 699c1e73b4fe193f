package dev.slipway.standalone.demo;

import dev.slipway.api.conversion.Target;
import dev.slipway.api.dataset.CreateDataset;
import dev.slipway.api.dataset.SplitFractions;
import dev.slipway.api.labeling.CreateProject;
import dev.slipway.api.monitoring.CreateMonitor;
import dev.slipway.api.monitoring.SaveTrigger;
import dev.slipway.api.registry.CreateModel;
import dev.slipway.api.registry.GatePolicy;
import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.Hyperparameters;
import dev.slipway.api.training.Layer;
import dev.slipway.api.training.Pipeline;
import dev.slipway.api.training.PipelineStep;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.PipelineId;
import dev.slipway.kernel.id.ProjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Everything that has to stand before the first digit goes on its way; made once, found again by later demos. */
record DigitsProject(ProjectId project, ModelId model, MonitorId monitor, PipelineId pipeline, PipelineId retraining) {
    static final String NAME = "digits";
    static final String CHANNEL = "production";

    private static final List<Layer> NETWORK = List.of(
            new Layer.Convolution(16, 3, 1),
            new Layer.Relu(),
            new Layer.MaxPool(2),
            new Layer.Convolution(32, 3, 1),
            new Layer.Relu(),
            new Layer.Flatten(),
            new Layer.Dense(64),
            new Layer.Relu(),
            new Layer.Dropout(0.2f),
            new Layer.Dense(10));

    /** 64 kB of weights are no file of 1 MB: a larger one has something in it that does not belong there. */
    private static final GatePolicy POLICY =
            new GatePolicy(0.95, 1e-4, 1_000_000, 0.01, Set.of(Target.TFLITE, Target.ORT));

    static DigitsProject set(Services services) {
        var project = services.labeling().projectNamed(NAME);
        ProjectId projectId = project != null
                ? project.id()
                : services.labeling()
                        .createProject(new CreateProject(NAME, Digits.LABELS))
                        .id();
        DatasetId dataset =
                services.datasets().createDataset(new CreateDataset(NAME)).id();
        ExperimentId experiment =
                services.training().createExperiment(new CreateExperiment(NAME)).id();
        ModelId model = services.registry()
                .createModel(new CreateModel(NAME, POLICY, null))
                .id();
        MonitorId monitor = services.monitoring()
                .createMonitor(new CreateMonitor(NAME + "-" + CHANNEL, model, CHANNEL, null))
                .id();

        List<PipelineStep> fromLabelsToRelease = List.of(
                new PipelineStep.ExportLabels(projectId),
                new PipelineStep.CommitDataset(dataset, SplitFractions.DEFAULT, 42),
                new PipelineStep.Train(experiment, NETWORK, Hyperparameters.DEFAULT),
                new PipelineStep.Register(model),
                new PipelineStep.Convert(List.of(Target.TFLITE, Target.ORT)),
                new PipelineStep.Release(CHANNEL),
                new PipelineStep.Preannotate(projectId));
        List<PipelineStep> fromProductionToRelease = new ArrayList<>(fromLabelsToRelease);
        fromProductionToRelease.add(0, new PipelineStep.CollectLabels(monitor, projectId));
        PipelineId pipeline = services.pipelines()
                .save(new Pipeline(NAME, fromLabelsToRelease))
                .id();
        PipelineId retraining = services.pipelines()
                .save(new Pipeline(NAME + "-retraining", fromProductionToRelease))
                .id();
        services.monitoring().saveTrigger(new SaveTrigger(NAME + "-drift", monitor, retraining, 0));
        return new DigitsProject(projectId, model, monitor, pipeline, retraining);
    }
}
