package dev.slipway.dataset;

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
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** The dataset contract over HTTP and, within one process, as a plain bean. */
@Controller(DatasetApi.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
class DatasetController implements DatasetApi {
    private final Datasets datasets;
    private final Versions versions;
    private final VersionCommit commit;

    DatasetController(Datasets datasets, Versions versions, VersionCommit commit) {
        this.datasets = datasets;
        this.versions = versions;
        this.commit = commit;
    }

    @Override
    public Entity<DatasetId, Dataset> createDataset(CreateDataset request) {
        return datasets.getOrCreate(request.name());
    }

    @Override
    public @Nullable Entity<DatasetId, Dataset> dataset(DatasetId id) {
        return datasets.find(id).orElse(null);
    }

    @Override
    public List<Entity<DatasetId, Dataset>> datasets(List<DatasetId> ids) {
        return datasets.getAll(ids);
    }

    @Override
    public Page<Entity<DatasetId, Dataset>> listDatasets(int limit, @Nullable String cursor) {
        return datasets.list(limit, cursor);
    }

    @Override
    public Entity<DatasetVersionId, DatasetVersion> commit(CommitVersion request) {
        return commit.commit(request);
    }

    @Override
    public @Nullable Entity<DatasetVersionId, DatasetVersion> version(DatasetVersionId id) {
        return versions.find(id).orElse(null);
    }

    @Override
    public @Nullable Entity<DatasetVersionId, DatasetVersion> versionOf(String digits) {
        return versions.withContent(digits).orElse(null);
    }

    @Override
    public List<Entity<DatasetVersionId, DatasetVersion>> versions(List<DatasetVersionId> ids) {
        return versions.getAll(ids);
    }

    @Override
    public Page<Entity<DatasetVersionId, DatasetVersion>> listVersions(
            DatasetId id, int limit, @Nullable String cursor) {
        return versions.list(id, limit, cursor);
    }
}
