package dev.slipway.clients;

import dev.slipway.api.dataset.CommitVersion;
import dev.slipway.api.dataset.CreateDataset;
import dev.slipway.api.dataset.Dataset;
import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.dataset.Split;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.api.dataset.Statistics;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.DatasetVersionId;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Map;

/** Has versions made of what it is asked to commit. */
@Controller(DatasetApi.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Requires(property = "test.echo")
class EchoDataset implements DatasetApi {
    @Override
    public Entity<DatasetId, Dataset> createDataset(CreateDataset request) {
        return new Entity<>(new DatasetId("4".repeat(32)), 1, 2, 3, new Dataset(request.name(), 0));
    }

    @Override
    public @Nullable Entity<DatasetId, Dataset> dataset(DatasetId id) {
        return null;
    }

    @Override
    public List<Entity<DatasetId, Dataset>> datasets(List<DatasetId> ids) {
        return List.of();
    }

    @Override
    public Page<Entity<DatasetId, Dataset>> listDatasets(int limit, @Nullable String cursor) {
        return Page.last(List.of());
    }

    @Override
    public Entity<DatasetVersionId, DatasetVersion> commit(CommitVersion request) {
        return new Entity<>(new DatasetVersionId("5".repeat(32)), 1, 2, 3, version(request));
    }

    static DatasetVersion version(CommitVersion request) {
        Digest digest = request.samples().artifact();
        Split split = new Split(digest, digest, 2, List.of(1, 1));
        return new DatasetVersion(
                request.dataset(),
                1,
                digest,
                request.project(),
                null,
                request.seed(),
                request.classes(),
                List.of(1, 8, 8),
                Map.of(SplitName.TRAIN, split, SplitName.TEST, split),
                new Statistics(Float.MIN_VALUE, Float.MAX_VALUE, 0.1, Double.MIN_VALUE));
    }

    @Override
    public @Nullable Entity<DatasetVersionId, DatasetVersion> version(DatasetVersionId id) {
        return null;
    }

    @Override
    public @Nullable Entity<DatasetVersionId, DatasetVersion> versionOf(String digits) {
        return null;
    }

    @Override
    public List<Entity<DatasetVersionId, DatasetVersion>> versions(List<DatasetVersionId> ids) {
        return List.of();
    }

    @Override
    public Page<Entity<DatasetVersionId, DatasetVersion>> listVersions(
            DatasetId id, int limit, @Nullable String cursor) {
        return Page.last(List.of());
    }
}
