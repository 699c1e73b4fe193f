package dev.slipway.runtime.tests;

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
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.tensor.Npy;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.store.artifact.ArtifactStore;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Dataset versions with real artifacts, in a process that has no other {@link DatasetApi}. A version can be asked for by its
 * id; everything else throws {@link UnsupportedOperationException}.
 */
@Singleton
@Requires(missingBeans = DatasetApi.class)
public class KnownDatasets implements DatasetApi {
    private final Map<DatasetVersionId, DatasetVersion> versions = new ConcurrentHashMap<>();
    private final ArtifactStore artifacts;
    private final IdGenerator ids;

    KnownDatasets(ArtifactStore artifacts, IdGenerator ids) {
        this.artifacts = artifacts;
        this.ids = ids;
    }

    /**
     * Stores both tensors and a version, of the classes {@code a}, {@code b} and {@code c}, whose training and test split they are.
     *
     * @param samples one row per sample
     * @param labels the class of each sample, by its index
     */
    public DatasetVersionId add(Tensor samples, Tensor labels) {
        DatasetVersionId id = ids.next(DatasetVersionId::new);
        Digest sampleFile = artifacts.put(Npy.write(samples)).digest();
        Digest labelFile = artifacts.put(Npy.write(labels)).digest();
        Split test = new Split(sampleFile, labelFile, samples.rows(), List.of());
        versions.put(
                id,
                new DatasetVersion(
                        ids.next(DatasetId::new),
                        1,
                        sampleFile,
                        ids.next(ProjectId::new),
                        null,
                        1,
                        List.of("a", "b", "c"),
                        samples.shape().subList(1, samples.shape().size()),
                        Map.of(SplitName.TRAIN, test, SplitName.TEST, test),
                        new Statistics(0, 1, 0.5, 0.1)));
        return id;
    }

    @Override
    public @Nullable Entity<DatasetVersionId, DatasetVersion> version(DatasetVersionId id) {
        DatasetVersion version = versions.get(id);
        return version == null ? null : new Entity<>(id, 1, 0, 0, version);
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
    public List<Entity<DatasetId, Dataset>> datasets(List<DatasetId> wanted) {
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
    public @Nullable Entity<DatasetVersionId, DatasetVersion> versionOf(String digits) {
        return versions.entrySet().stream()
                .filter(version -> version.getValue().content().hex().startsWith(digits))
                .findFirst()
                .map(version -> new Entity<>(version.getKey(), 1, 0, 0, version.getValue()))
                .orElse(null);
    }

    @Override
    public List<Entity<DatasetVersionId, DatasetVersion>> versions(List<DatasetVersionId> wanted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<DatasetVersionId, DatasetVersion>> listVersions(
            DatasetId id, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }
}
