package dev.slipway.monitoring;

import dev.slipway.api.dataset.CommitVersion;
import dev.slipway.api.dataset.CreateDataset;
import dev.slipway.api.dataset.Dataset;
import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.DatasetVersionId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Dataset versions that a test puts there; nothing else can be asked of it. */
@Singleton
class TestingDatasets implements DatasetApi {
    final Map<DatasetVersionId, Entity<DatasetVersionId, DatasetVersion>> versions = new ConcurrentHashMap<>();

    @Override
    @Nullable
    public Entity<DatasetVersionId, DatasetVersion> version(DatasetVersionId id) {
        return versions.get(id);
    }

    @Override
    public @Nullable Entity<DatasetVersionId, DatasetVersion> versionOf(String digits) {
        return versions.values().stream()
                .filter(version -> version.body().content().hex().startsWith(digits))
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<Entity<DatasetVersionId, DatasetVersion>> versions(List<DatasetVersionId> ids) {
        return ids.stream().map(versions::get).filter(Objects::nonNull).toList();
    }

    @Override
    public Entity<DatasetId, Dataset> createDataset(CreateDataset request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<DatasetId, Dataset> dataset(DatasetId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entity<DatasetId, Dataset>> datasets(List<DatasetId> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<DatasetId, Dataset>> listDatasets(int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<DatasetVersionId, DatasetVersion> commit(CommitVersion request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<DatasetVersionId, DatasetVersion>> listVersions(
            DatasetId id, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }
}
