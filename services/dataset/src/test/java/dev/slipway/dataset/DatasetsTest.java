package dev.slipway.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.api.LabelledSample;
import dev.slipway.api.Sample;
import dev.slipway.api.SampleFile;
import dev.slipway.api.dataset.CommitVersion;
import dev.slipway.api.dataset.CreateDataset;
import dev.slipway.api.dataset.Dataset;
import dev.slipway.api.dataset.DatasetApi;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.dataset.Split;
import dev.slipway.api.dataset.SplitFractions;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Direction;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.tensor.Npy;
import dev.slipway.kernel.tensor.Tensor;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.samples.SampleFiles;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.TraversalQuery;
import io.micronaut.context.ApplicationContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class DatasetsTest {
    private static final ProjectId PROJECT = new ProjectId("0197a0000000700080000000000000aa");
    private static final List<String> CLASSES = List.of("cat", "dog");

    @TempDir
    Path data;

    private ApplicationContext context;
    private DatasetApi datasets;

    @BeforeEach
    void open() {
        context = ApplicationContext.run(Map.of("slipway.data", data.toString()));
        datasets = context.getBean(DatasetApi.class);
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void aDatasetIsMadeOnceAndFoundAgain() {
        Entity<DatasetId, Dataset> made = create("digits");

        assertThat(create("digits")).isEqualTo(made);
        assertThat(as(() -> datasets.dataset(made.id()))).isEqualTo(made);
        assertThat(as(() -> datasets.dataset(new DatasetId(PROJECT.value())))).isNull();
        Entity<DatasetId, Dataset> other = create("letters");
        assertThat(as(() -> datasets.datasets(List.of(other.id(), new DatasetId(PROJECT.value()), made.id()))))
                .containsExactly(other, made);
        Page<Entity<DatasetId, Dataset>> first = as(() -> datasets.listDatasets(1, null));
        Page<Entity<DatasetId, Dataset>> second =
                as(() -> datasets.listDatasets(1, first.next().orElseThrow()));
        assertThat(List.of(first.items().get(0), second.items().get(0))).containsExactly(other, made);
    }

    @Test
    void aNameMustBeThereAndShort() {
        for (String name : List.of("", " ", "x".repeat(201))) {
            assertThatThrownBy(() -> create(name)).satisfies(e -> assertCode(e, "dataset.name"));
        }
    }

    @Test
    void aViewerMayNotCommit() {
        Caller viewer = new Caller("viewer", Set.of(Role.VIEWER), Workspace.DEFAULT);
        assertThatThrownBy(() -> context.getBean(Callers.class)
                        .callAs(viewer, () -> datasets.createDataset(new CreateDataset("mine"))))
                .satisfies(e -> assertCode(e, "caller.role"));
    }

    @Test
    void aVersionHoldsEverySampleOnceWithItsClass() {
        List<LabelledSample> samples = samples(0, 100);
        DatasetVersion version = commit("pets", samples).body();

        assertThat(version.number()).isEqualTo(1);
        assertThat(version.parent()).isNull();
        assertThat(version.sampleShape()).containsExactly(1, 2);
        assertThat(version.splits().get(SplitName.TRAIN).count()).isEqualTo(70);
        assertThat(version.splits().get(SplitName.VALIDATION).classCounts()).containsExactly(5, 5);
        assertThat(version.splits().get(SplitName.TEST).classCounts()).containsExactly(10, 10);
        Map<Float, String> labels = new HashMap<>();
        version.splits().values().forEach(split -> labels.putAll(read(split)));
        assertThat(labels).hasSize(100);
        samples.forEach(sample ->
                assertThat(labels).containsEntry(sample.sample().values().get(0), sample.label()));
    }

    @Test
    void statisticsAreThoseOfTheTrainingSplit() {
        DatasetVersion version = commit("pets", samples(0, 50)).body();

        float[] values = tensor(version.splits().get(SplitName.TRAIN)).values();
        double mean = 0;
        float maximum = 0;
        for (float value : values) {
            mean += value / (double) values.length;
            maximum = Math.max(maximum, value);
        }
        assertThat(version.statistics().mean()).isCloseTo(mean, within(1e-9));
        assertThat(version.statistics().maximum()).isEqualTo(maximum);
        assertThat(version.statistics().standardDeviation()).isPositive();
    }

    @Test
    void equalContentIsTheSameVersionInWhateverOrder() {
        List<LabelledSample> samples = samples(0, 60);
        Entity<DatasetVersionId, DatasetVersion> version = commit("pets", samples);
        List<LabelledSample> shuffled = new ArrayList<>(samples);
        Collections.shuffle(shuffled, new Random(5));

        assertThat(commit("pets", shuffled)).isEqualTo(version);
        assertThat(create("pets").body().versions()).isEqualTo(1);
        assertThat(commit("others", shuffled).body().content())
                .isEqualTo(version.body().content());
    }

    @Test
    void anEarlierVersionIsFoundAgainFromALaterOne() {
        Entity<DatasetVersionId, DatasetVersion> first = commit("pets", samples(0, 60));
        commit("pets", samples(0, 80));

        assertThat(commit("pets", samples(0, 60))).isEqualTo(first);
    }

    @Test
    void aChildKeepsTheSplitsOfItsParentAndItsSeed() {
        Entity<DatasetVersionId, DatasetVersion> parent = commit("pets", samples(0, 60));

        Entity<DatasetVersionId, DatasetVersion> child =
                as(() -> datasets.commit(request("pets", file(samples(0, 90)), CLASSES, SplitFractions.DEFAULT, 99)));

        assertThat(child.body().parent()).isEqualTo(parent.id());
        assertThat(child.body().number()).isEqualTo(2);
        assertThat(child.body().seed()).isEqualTo(parent.body().seed());
        for (SplitName split : SplitName.values()) {
            assertThat(read(child.body().splits().get(split)))
                    .containsAllEntriesOf(read(parent.body().splits().get(split)));
        }
        assertThat(child.body().splits().get(SplitName.TEST).count()).isEqualTo(18);
        DatasetId dataset = child.body().dataset();
        assertThat(as(() -> datasets.listVersions(dataset, 10, null)).items()).containsExactly(child, parent);
        assertThat(as(() -> datasets.version(child.id()))).isEqualTo(child);
        assertThat(as(() -> datasets.versions(List.of(parent.id(), child.id()))))
                .containsExactly(parent, child);
    }

    @Test
    void lineageLeadsFromAVersionToItsParentAndProject() {
        Entity<DatasetVersionId, DatasetVersion> parent = commit("pets", samples(0, 60));
        Entity<DatasetVersionId, DatasetVersion> child = commit("pets", samples(0, 61));

        var found = context.getBean(GraphStore.class)
                .traverse(new TraversalQuery(
                        Workspace.DEFAULT, List.of(EntityId.of(child.id())), Direction.UPSTREAM, Set.of(), 5, 10));

        assertThat(found.edges())
                .extracting(edge -> edge.to())
                .contains(
                        EntityRef.of(EntityType.PROJECT, PROJECT),
                        EntityRef.of(EntityType.DATASET_VERSION, parent.id()));
    }

    @Test
    void samplesOfEqualContentStayTogetherUnderTheLabelOfTheGreatestKey() {
        List<LabelledSample> samples = new ArrayList<>(samples(0, 40));
        samples.add(sample("zzz", 0, "dog"));
        samples.add(sample("aaa", 0, "cat"));

        DatasetVersion version = commit("pets", samples).body();

        List<Map<Float, String>> holders = version.splits().values().stream()
                .map(this::read)
                .filter(split -> split.containsKey(0f))
                .toList();
        assertThat(holders).singleElement().satisfies(split -> assertThat(split).containsEntry(0f, "dog"));
        assertThat(version.splits().values().stream().mapToInt(Split::count).sum())
                .isEqualTo(42);
    }

    @Test
    void anEmptyExportIsRefused() {
        assertThatThrownBy(() -> commit("pets", List.of()))
                .hasMessageContaining("label some tasks")
                .satisfies(e -> assertCode(e, "dataset.no-annotations"));
    }

    @Test
    void anEmptySplitIsRefused() {
        assertThatThrownBy(() -> commit("pets", samples(0, 2)))
                .hasMessageContaining("validation")
                .hasMessageContaining("Label more")
                .satisfies(e -> assertCode(e, "dataset.empty-split"));
        assertThat(create("pets").body().versions()).isZero();
    }

    @Test
    void samplesOfDifferentShapesAreRefused() {
        List<LabelledSample> samples = new ArrayList<>(samples(0, 10));
        samples.add(new LabelledSample("odd", new Sample(List.of(2), List.of(1f, 2f)), "cat"));

        assertThatThrownBy(() -> commit("pets", samples))
                .hasMessageContaining("Line 11")
                .satisfies(e -> assertCode(e, "dataset.shapes"));
    }

    @Test
    void anUnknownClassIsRefused() {
        assertThatThrownBy(() -> commit("pets", List.of(sample("a", 1, "cow"))))
                .hasMessageContaining("'cow'")
                .hasMessageContaining("[cat, dog]")
                .satisfies(e -> assertCode(e, "dataset.unknown-class"));
        assertThatThrownBy(() -> commit("pets", List.of(sample("a", 1, null))))
                .satisfies(e -> assertCode(e, "dataset.unlabelled"));
    }

    @Test
    void classesMustBeSeveralAndDifferent() {
        for (List<String> classes :
                List.of(List.<String>of(), List.of("cat"), List.of("cat", "cat"), List.of("", "cat"))) {
            assertThatThrownBy(() -> as(() ->
                            datasets.commit(request("pets", file(samples(0, 10)), classes, SplitFractions.DEFAULT, 1))))
                    .satisfies(e -> assertCode(e, "dataset.classes"));
        }
    }

    @ParameterizedTest
    @CsvSource({"0.8,0.2,0", "0.7,0.2,0.2", "1.2,-0.1,-0.1", "NaN,0.5,0.5", "Infinity,0.1,0.1"})
    void fractionsMustBePositiveAndMakeOne(double train, double validation, double test) {
        SplitFractions fractions = new SplitFractions(train, validation, test);
        assertThatThrownBy(
                        () -> as(() -> datasets.commit(request("pets", file(samples(0, 10)), CLASSES, fractions, 1))))
                .satisfies(e -> assertCode(e, "dataset.fractions"));
    }

    @Test
    void unknownThingsAreSaidToBeUnknown() {
        DatasetId unknown = new DatasetId(PROJECT.value());
        CommitVersion request =
                new CommitVersion(unknown, PROJECT, file(samples(0, 10)), CLASSES, SplitFractions.DEFAULT, 1);
        assertThatThrownBy(() -> as(() -> datasets.commit(request))).satisfies(e -> assertCode(e, "dataset.unknown"));
        assertThatThrownBy(() -> as(() -> datasets.listVersions(unknown, 10, null)))
                .satisfies(e -> assertCode(e, "dataset.unknown"));
        assertThat(as(() -> datasets.version(new DatasetVersionId(PROJECT.value()))))
                .isNull();
    }

    @Test
    void commitsAtOnceGetNumbersOfTheirOwn() throws Exception {
        DatasetId dataset = create("pets").id();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Entity<DatasetVersionId, DatasetVersion>>> commits = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int more = i;
                commits.add(() -> commit("pets", samples(0, 40 + more)));
            }
            List<Integer> numbers = new ArrayList<>();
            for (Future<Entity<DatasetVersionId, DatasetVersion>> done : threads.invokeAll(commits)) {
                numbers.add(done.get().body().number());
            }
            assertThat(numbers).containsExactlyInAnyOrder(1, 2, 3, 4);
            assertThat(as(() -> datasets.dataset(dataset)).body().versions()).isEqualTo(4);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theManifestIsWrittenAsItAlwaysWas() throws Exception {
        DatasetVersion version = commit("pets", samples(0, 20)).body();

        String manifest = new String(
                context.getBean(ArtifactStore.class).read(version.content(), 1 << 20), StandardCharsets.UTF_8);
        try (var golden = getClass().getResourceAsStream("/golden/manifest-v1.json")) {
            assertThat(manifest).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
    }

    private Entity<DatasetId, Dataset> create(String name) {
        return as(() -> datasets.createDataset(new CreateDataset(name)));
    }

    private Entity<DatasetVersionId, DatasetVersion> commit(String dataset, List<LabelledSample> samples) {
        return as(() -> datasets.commit(request(dataset, file(samples), CLASSES, SplitFractions.DEFAULT, 42)));
    }

    private CommitVersion request(
            String dataset, SampleFile file, List<String> classes, SplitFractions fractions, long seed) {
        return new CommitVersion(create(dataset).id(), PROJECT, file, classes, fractions, seed);
    }

    private SampleFile file(List<LabelledSample> samples) {
        return context.getBean(SampleFiles.class).write(samples.iterator());
    }

    /** Cats are even, dogs odd. */
    private static List<LabelledSample> samples(int from, int to) {
        List<LabelledSample> samples = new ArrayList<>();
        for (int i = from; i < to; i++) {
            samples.add(sample("k" + i, i, CLASSES.get(i % 2)));
        }
        return samples;
    }

    private static LabelledSample sample(String key, float value, String label) {
        return new LabelledSample(key, new Sample(List.of(1, 2), List.of(value, value / 2)), label);
    }

    private Map<Float, String> read(Split split) {
        Tensor samples = tensor(split);
        ArtifactStore artifacts = context.getBean(ArtifactStore.class);
        Tensor labels = Npy.read(artifacts.read(split.labels(), 1 << 20));
        assertThat(samples.rows()).isEqualTo(split.count());
        Map<Float, String> read = new HashMap<>();
        for (int row = 0; row < split.count(); row++) {
            read.put(samples.row(row).values()[0], CLASSES.get((int) labels.values()[row]));
        }
        return read;
    }

    private Tensor tensor(Split split) {
        return Npy.read(context.getBean(ArtifactStore.class).read(split.samples(), 1 << 20));
    }

    private <T> T as(Supplier<T> call) {
        return context.getBean(Callers.class).callAs(new Caller("test", Set.of(Role.ADMIN), Workspace.DEFAULT), call);
    }

    private static void assertCode(Throwable failure, String code) {
        assertThat(failure).isInstanceOf(SlipwayException.class);
        assertThat(((SlipwayException) failure).code()).isEqualTo(code);
    }
}
