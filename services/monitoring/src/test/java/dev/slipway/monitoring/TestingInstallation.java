package dev.slipway.monitoring;

import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.dataset.Split;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.api.dataset.Statistics;
import dev.slipway.api.monitoring.CreateMonitor;
import dev.slipway.api.monitoring.DriftPolicy;
import dev.slipway.api.monitoring.Monitor;
import dev.slipway.api.monitoring.MonitoringApi;
import dev.slipway.api.registry.Channel;
import dev.slipway.api.registry.GatePolicy;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.Release;
import dev.slipway.api.registry.VersionDetails;
import dev.slipway.api.training.Pipeline;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.ChannelId;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.Id;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.MonitorId;
import dev.slipway.kernel.id.PipelineId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.ReleaseId;
import dev.slipway.kernel.id.RunId;
import dev.slipway.kernel.tensor.Npy;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.artifact.ArtifactStore;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The monitoring service on real stores, with models and datasets of other services as a test needs them. */
final class TestingInstallation implements AutoCloseable {
    final ApplicationContext context;
    final MonitoringApi api;
    private final IdGenerator ids;
    private final Callers callers;

    TestingInstallation(Path folder) {
        context = ApplicationContext.run(Map.of("slipway.data", folder.toString(), "slipway.jobs.poll", "50ms"));
        api = context.getBean(MonitoringApi.class);
        ids = context.getBean(IdGenerator.class);
        callers = context.getBean(Callers.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    <T> T as(Role role, Supplier<T> call) {
        return callers.callAs(new Caller("test", Set.of(role), Workspace.DEFAULT), call);
    }

    <T> T call(Supplier<T> call) {
        return as(Role.ADMIN, call);
    }

    <I extends Id> I id(Function<String, I> type) {
        return ids.next(type);
    }

    /** A model without any version. */
    ModelId model() {
        ModelId id = id(ModelId::new);
        bean(TestingRegistry.class)
                .models
                .put(id, entity(id, new Model("digits-" + id, 0, null, GatePolicy.DEFAULT, Map.of(), null, null)));
        return id;
    }

    /** A version of a model, trained on that many synthetic digits. */
    ModelVersionId version(ModelId model, int trainingSamples) {
        return version(model, trainingSamples, SyntheticDigits.SHAPE);
    }

    /** A version that takes its samples in another shape. */
    ModelVersionId version(ModelId model, int trainingSamples, List<Integer> inputShape) {
        ModelVersionId id = id(ModelVersionId::new);
        Digest onnx = Digest.of(new byte[0]);
        bean(TestingRegistry.class)
                .versions
                .put(
                        id,
                        entity(
                                id,
                                new ModelVersion(
                                        model,
                                        1,
                                        id(RunId::new),
                                        dataset(trainingSamples),
                                        onnx,
                                        SyntheticDigits.CLASSES,
                                        inputShape,
                                        List.of(),
                                        null,
                                        VersionDetails.NONE)));
        return id;
    }

    /** Points channel {@code production} of the model to the version. */
    void release(ModelId model, ModelVersionId version) {
        ReleaseId release = id(ReleaseId::new);
        ChannelId channel = id(ChannelId::new);
        bean(TestingRegistry.class)
                .releases
                .put(release, entity(release, new Release(model, 1, version, 1, List.of())));
        bean(TestingRegistry.class)
                .channels
                .put(channel, entity(channel, new Channel(model, "production", release, 1, "")));
    }

    PipelineId pipeline() {
        PipelineId id = id(PipelineId::new);
        bean(TestingPipelines.class).pipelines.put(id, entity(id, new Pipeline("retrain-" + id, List.of())));
        return id;
    }

    MonitorId monitor(ModelId model) {
        return createMonitor("monitor-" + model, model).id();
    }

    Entity<MonitorId, Monitor> createMonitor(String name, ModelId model) {
        return call(() ->
                api.createMonitor(new CreateMonitor(name, model, "production", new DriftPolicy(0.2, 0.05, 0.25, 100))));
    }

    private DatasetVersionId dataset(int samples) {
        List<SyntheticDigits.Digit> digits = new SyntheticDigits(5).next(samples);
        Tensor values =
                Tensor.stack(digits.stream().map(SyntheticDigits.Digit::image).toList());
        float[] labels = new float[samples];
        int[] counts = new int[10];
        for (int i = 0; i < samples; i++) {
            labels[i] = digits.get(i).label();
            counts[digits.get(i).label()]++;
        }
        ArtifactStore artifacts = bean(ArtifactStore.class);
        Split train = new Split(
                artifacts.put(Npy.write(values)).digest(),
                artifacts.put(Npy.write(new Tensor(List.of(samples), labels))).digest(),
                samples,
                IntStream.of(counts).boxed().toList());
        DatasetVersionId id = id(DatasetVersionId::new);
        bean(TestingDatasets.class)
                .versions
                .put(
                        id,
                        entity(
                                id,
                                new DatasetVersion(
                                        id(DatasetId::new),
                                        1,
                                        train.samples(),
                                        id(ProjectId::new),
                                        null,
                                        5,
                                        SyntheticDigits.CLASSES,
                                        SyntheticDigits.SHAPE,
                                        Map.of(SplitName.TRAIN, train),
                                        new Statistics(0, 1, 0.2, 0.3))));
        return id;
    }

    private static <I extends Id, B> Entity<I, B> entity(I id, B body) {
        return new Entity<>(id, 1, 0, 0, body);
    }

    @Override
    public void close() {
        context.close();
    }
}
