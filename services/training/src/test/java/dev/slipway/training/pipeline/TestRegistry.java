package dev.slipway.training.pipeline;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.registry.Channel;
import dev.slipway.api.registry.CreateModel;
import dev.slipway.api.registry.Model;
import dev.slipway.api.registry.ModelFile;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.RegisterVersion;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.api.registry.Release;
import dev.slipway.api.registry.ReleaseVersion;
import dev.slipway.api.registry.SetPolicy;
import dev.slipway.api.registry.VersionDetails;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.ChannelId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ModelId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ReleaseId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A model with one version that a job releases. */
@Singleton
class TestRegistry implements RegistryApi {
    private final TestWork work;
    private final Map<String, Entity<ModelVersionId, ModelVersion>> registered = new ConcurrentHashMap<>();

    TestRegistry(TestWork work) {
        this.work = work;
    }

    @Override
    public Entity<ModelId, Model> createModel(CreateModel request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Entity<ModelId, Model> model(ModelId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Entity<ModelId, Model> modelNamed(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entity<ModelId, Model>> models(List<ModelId> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<ModelId, Model>> listModels(int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<ModelVersionId, ModelVersion> register(RegisterVersion request) {
        return registered.computeIfAbsent(request.idempotencyKey(), key -> {
            work.note("register");
            return new Entity<>(
                    new ModelVersionId(request.run().value()),
                    1,
                    1,
                    1,
                    new ModelVersion(
                            request.model(),
                            1,
                            request.run(),
                            request.datasetVersion(),
                            request.onnx(),
                            request.classes(),
                            request.inputShape(),
                            List.of(),
                            null,
                            VersionDetails.NONE));
        });
    }

    @Override
    public @Nullable Entity<ModelVersionId, ModelVersion> version(ModelVersionId id) {
        return registered.values().stream()
                .filter(version -> version.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<Entity<ModelVersionId, ModelVersion>> versions(List<ModelVersionId> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<ModelVersionId, ModelVersion>> listVersions(ModelId id, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<ModelVersionId, ModelVersion> attachFile(ModelVersionId id, ModelFile file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<JobId, Job> release(ModelVersionId id, ReleaseVersion request) {
        return work.jobOnce(request.idempotencyKey(), "release " + request.channel());
    }

    @Override
    public List<Entity<ReleaseId, Release>> releases(List<ReleaseId> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<ReleaseId, Release>> listReleases(ModelId id, int limit, @Nullable String cursor) {
        return Page.last(registered.values().stream()
                .map(version -> new Entity<>(
                        new ReleaseId(version.id().value()), 1, 1, 1, new Release(id, 1, version.id(), 1, List.of())))
                .toList());
    }

    @Override
    public List<Entity<ChannelId, Channel>> channels(ModelId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<ModelId, Model> setPolicy(ModelId id, SetPolicy request) {
        throw new UnsupportedOperationException();
    }
}
