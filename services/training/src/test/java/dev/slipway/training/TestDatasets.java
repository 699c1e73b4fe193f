package dev.slipway.training;

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
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** Dataset versions of small images, ten classes of them, in real artifacts. */
@Singleton
public class TestDatasets implements DatasetApi {
    public static final List<String> CLASSES =
            IntStream.range(0, 10).mapToObj(String::valueOf).toList();

    private final Map<DatasetVersionId, Entity<DatasetVersionId, DatasetVersion>> versions = new ConcurrentHashMap<>();
    private final ArtifactStore artifacts;
    private final IdGenerator ids;

    TestDatasets(ArtifactStore artifacts, IdGenerator ids) {
        this.artifacts = artifacts;
        this.ids = ids;
    }

    /** A version of {@code count} training images of 8 by 8 with values 0 to 16: a pattern per class, and much noise. */
    public DatasetVersionId images(int count) {
        return images(count, 1);
    }

    /** The same with values so much greater. */
    public DatasetVersionId images(int count, float scale) {
        return add(Map.of(
                SplitName.TRAIN,
                split(count, 1, scale),
                SplitName.VALIDATION,
                split(200, 2, scale),
                SplitName.TEST,
                split(300, 3, scale)));
    }

    /** Takes over a version of another process on the same artifacts. */
    public void add(Entity<DatasetVersionId, DatasetVersion> version) {
        versions.put(version.id(), version);
    }

    private DatasetVersionId add(Map<SplitName, Split> splits) {
        DatasetVersionId id = ids.next(DatasetVersionId::new);
        DatasetVersion version = new DatasetVersion(
                ids.next(DatasetId::new),
                1,
                Digest.of(id.value().getBytes(StandardCharsets.UTF_8)),
                ids.next(ProjectId::new),
                null,
                1,
                CLASSES,
                List.of(1, 8, 8),
                splits,
                new Statistics(0, 16, 8, 5));
        versions.put(id, new Entity<>(id, 1, 1, 1, version));
        return id;
    }

    private Split split(int count, long seed, float scale) {
        Random patterns = new Random(7);
        boolean[][] lit = new boolean[CLASSES.size()][64];
        for (boolean[] pattern : lit) {
            for (int i = 0; i < pattern.length; i++) {
                pattern[i] = patterns.nextBoolean();
            }
        }
        Random random = new Random(seed);
        float[] samples = new float[count * 64];
        float[] labels = new float[count];
        for (int i = 0; i < count; i++) {
            int label = random.nextInt(CLASSES.size());
            labels[i] = label;
            for (int pixel = 0; pixel < 64; pixel++) {
                double value = (lit[label][pixel] ? 11 : 5) + random.nextGaussian() * 3;
                samples[i * 64 + pixel] = scale * Math.round(Math.max(0, Math.min(16, value)));
            }
        }
        return new Split(
                artifacts
                        .put(Npy.write(new Tensor(List.of(count, 1, 8, 8), samples)))
                        .digest(),
                artifacts.put(Npy.write(new Tensor(List.of(count), labels))).digest(),
                count,
                Collections.nCopies(10, 0));
    }

    @Override
    public Entity<DatasetId, Dataset> createDataset(CreateDataset request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Entity<DatasetId, Dataset> dataset(DatasetId id) {
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
        return Objects.requireNonNull(versions.get(images(400)));
    }

    @Override
    public @Nullable Entity<DatasetVersionId, DatasetVersion> version(DatasetVersionId id) {
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
    public List<Entity<DatasetVersionId, DatasetVersion>> versions(List<DatasetVersionId> wanted) {
        return wanted.stream().map(versions::get).filter(Objects::nonNull).toList();
    }

    @Override
    public Page<Entity<DatasetVersionId, DatasetVersion>> listVersions(
            DatasetId id, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }
}
