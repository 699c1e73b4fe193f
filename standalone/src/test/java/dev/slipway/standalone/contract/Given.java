package dev.slipway.standalone.contract;

import dev.slipway.api.LabelledSample;
import dev.slipway.api.Sample;
import dev.slipway.api.SampleFile;
import dev.slipway.api.dataset.CommitVersion;
import dev.slipway.api.dataset.CreateDataset;
import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.dataset.SplitFractions;
import dev.slipway.api.labeling.CreateProject;
import dev.slipway.api.labeling.LabelingApi;
import dev.slipway.api.registry.CreateModel;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.RegisterVersion;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.api.training.CreateExperiment;
import dev.slipway.api.training.CreateRun;
import dev.slipway.api.training.TrainingApi;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.samples.SampleFiles;
import dev.slipway.standalone.SlipwayServer;
import dev.slipway.store.artifact.ArtifactStore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Makes, through the contracts, what a test needs to be there before it begins; every name is new. */
public record Given(
        LabelingApi labeling,
        DatasetApi datasets,
        TrainingApi training,
        RegistryApi registry,
        SampleFiles sampleFiles,
        ArtifactStore artifacts) {
    static final List<String> LABELS = List.of("cat", "dog");
    static final List<Integer> SHAPE = List.of(2, 2);
    private static final int SAMPLES = 20;

    static Given of(Binding binding) {
        return new Given(
                binding.bean(LabelingApi.class),
                binding.bean(DatasetApi.class),
                binding.bean(TrainingApi.class),
                binding.bean(RegistryApi.class),
                binding.bean(SampleFiles.class),
                binding.bean(ArtifactStore.class));
    }

    /** For tests of the command line, whose server is in this JVM. */
    public static Given on(SlipwayServer server) {
        return new Given(
                server.bean(LabelingApi.class),
                server.bean(DatasetApi.class),
                server.bean(TrainingApi.class),
                server.bean(RegistryApi.class),
                server.bean(SampleFiles.class),
                server.bean(ArtifactStore.class));
    }

    static String newName() {
        return "n" + UUID.randomUUID().toString().replace("-", "");
    }

    /** Half of them cats and half of them dogs, all different. */
    static List<LabelledSample> samples() {
        return IntStream.range(0, SAMPLES)
                .mapToObj(i -> new LabelledSample(
                        "sample-" + i, new Sample(SHAPE, List.of(i * 1f, 0.1f, -1f, 0.5f)), LABELS.get(i % 2)))
                .toList();
    }

    SampleFile file(LabelledSample... samples) {
        return sampleFiles.write(Arrays.asList(samples).iterator());
    }

    ProjectId project() {
        return labeling.createProject(new CreateProject(newName(), LABELS)).id();
    }

    ProjectId labelledProject() {
        ProjectId project = project();
        labeling.importTasks(project, sampleFiles.write(samples().iterator()));
        return project;
    }

    public Entity<DatasetVersionId, DatasetVersion> datasetVersion() {
        ProjectId project = labelledProject();
        return datasets.commit(new CommitVersion(
                datasets.createDataset(new CreateDataset(newName())).id(),
                project,
                labeling.exportLabelled(project),
                LABELS,
                SplitFractions.DEFAULT,
                7));
    }

    public ExperimentId experiment() {
        return training.createExperiment(new CreateExperiment(newName())).id();
    }

    RunId run() {
        return training.createRun(new CreateRun(experiment(), "run")).id();
    }

    ModelId model() {
        return registry.createModel(new CreateModel(newName(), null, null)).id();
    }

    /** Bytes that are an artifact, but nothing besides. */
    Digest artifact(String text) {
        return artifacts.put(text.getBytes(StandardCharsets.UTF_8)).digest();
    }

    Entity<ModelVersionId, ModelVersion> modelVersion() {
        return modelVersionOf(model());
    }

    /** A version whose ONNX artifact is stored, though it is no model. */
    Entity<ModelVersionId, ModelVersion> modelVersionOf(ModelId model) {
        return registry.register(
                new RegisterVersion(model, run(), datasetVersion().id(), artifact("no model"), LABELS, SHAPE, null));
    }
}
