package dev.slipway.registry;

import static dev.slipway.onnx.OnnxGraphBuilder.batch;

import dev.slipway.api.conversion.Layout;
import dev.slipway.api.conversion.Precision;
import dev.slipway.api.conversion.Target;
import dev.slipway.api.jobs.Job;
import dev.slipway.api.registry.CreateModel;
import dev.slipway.api.registry.GatePolicy;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.RegisterVersion;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.api.registry.ReleaseVersion;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.ConversionId;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.onnx.OnnxGraphBuilder;
import dev.slipway.onnx.OnnxWriter;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.jobs.Jobs;
import dev.slipway.runtime.tests.KnownDatasets;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.graph.GraphStore;
import io.micronaut.context.ApplicationContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A process with the registry, on real stores, and what its tests do with it. */
public final class TestProcess implements AutoCloseable {
    /** Samples of each class in the test set. */
    private static final int EACH = 10;

    private static final int CLASSES = 4;

    private final ApplicationContext context;

    private TestProcess(ApplicationContext context) {
        this.context = context;
    }

    public static TestProcess start(Path data, Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("slipway.data", data.toString());
        all.putIfAbsent("micronaut.server.port", -1);
        return new TestProcess(ApplicationContext.run(all));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    RegistryApi registry() {
        return bean(RegistryApi.class);
    }

    public <T> T as(Role role, Function<RegistryApi, T> call) {
        Caller caller = new Caller("test", Set.of(role), Workspace.DEFAULT);
        return bean(Callers.class).callAs(caller, () -> call.apply(registry()));
    }

    public Entity<ModelId, Model> model(String name, GatePolicy policy) {
        return as(Role.ENGINEER, registry -> registry.createModel(new CreateModel(name, policy, null)));
    }

    Model reread(ModelId id) {
        return as(Role.VIEWER, registry -> registry.model(id)).body();
    }

    ModelVersion reread(ModelVersionId id) {
        return as(Role.VIEWER, registry -> registry.version(id)).body();
    }

    /** Ten samples of each of four classes. */
    public DatasetVersionId testSet() {
        float[] samples = new float[CLASSES * EACH * CLASSES];
        float[] labels = new float[CLASSES * EACH];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % CLASSES;
            samples[i * CLASSES + i % CLASSES] = 1 + i;
        }
        Tensor sampleTensor = new Tensor(List.of(labels.length, CLASSES), samples);
        Tensor labelTensor = new Tensor(List.of(labels.length), labels);
        return as(Role.ADMIN, registry -> bean(KnownDatasets.class).add(sampleTensor, labelTensor));
    }

    /** A model that knows the first {@code known} of the four classes and takes the others for the first. */
    byte[] classifier(int known) {
        float[] weights = new float[CLASSES * CLASSES];
        for (int row = 0; row < CLASSES; row++) {
            weights[row * CLASSES + (row < known ? row : 0)] = 1;
        }
        return OnnxWriter.write(OnnxGraphBuilder.named("linear-" + known)
                .input("features", batch("N", CLASSES))
                .initializer("weights", new Tensor(List.of(CLASSES, CLASSES), weights))
                .node("MatMul", List.of("features", "weights"), "scores")
                .output("scores", batch("N", CLASSES))
                .build());
    }

    RegisterVersion request(ModelId model, DatasetVersionId dataset, int known, String key) {
        return new RegisterVersion(
                model,
                as(Role.ADMIN, registry -> bean(KnownRuns.class).add()),
                dataset,
                bean(ArtifactStore.class).put(classifier(known)).digest(),
                List.of("a", "b", "c", "d"),
                List.of(CLASSES),
                key);
    }

    ModelVersionId register(ModelId model, DatasetVersionId dataset, int known) {
        return as(Role.ENGINEER, registry -> registry.register(request(model, dataset, known, null)))
                .id();
    }

    /** A version with a file for each target. */
    public ModelVersionId complete(ModelId model, DatasetVersionId dataset, int known) {
        ModelVersionId version = register(model, dataset, known);
        for (Target target : Target.values()) {
            attach(version, file(target, "file " + target + version, 1e-6));
        }
        return version;
    }

    ModelFile file(Target target, String content, double error) {
        return file(target, content.getBytes(StandardCharsets.UTF_8), error);
    }

    public ModelFile file(Target target, byte[] content, double error) {
        return file(target, Layout.KEEP, content, error);
    }

    ModelFile file(Target target, Layout layout, byte[] content, double error) {
        Artifact artifact = bean(ArtifactStore.class).put(content);
        return new ModelFile(
                bean(IdGenerator.class).next(ConversionId::new),
                target,
                Precision.FP32,
                layout,
                artifact.digest(),
                artifact.size(),
                error);
    }

    public void attach(ModelVersionId version, ModelFile file) {
        as(Role.SERVICE, registry -> registry.attachFile(version, file));
    }

    /** Releases and waits; the failure's code and message, if it failed. */
    public Optional<SlipwayException> release(ModelVersionId version, String channel) {
        return as(Role.ENGINEER, registry -> {
            Entity<JobId, Job> job = registry.release(version, new ReleaseVersion(channel, null));
            return failure(job.id());
        });
    }

    Optional<SlipwayException> failure(JobId job) {
        try {
            bean(Jobs.class).await(job);
            return Optional.empty();
        } catch (SlipwayException e) {
            return Optional.of(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> events() {
        return bean(GraphStore.class).events(0, 10_000).stream()
                .map(event -> event.event().type())
                .toList();
    }

    @Override
    public void close() {
        context.close();
    }
}
