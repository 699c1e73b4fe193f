package dev.slipway.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ProjectId;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class DatasetContract extends Contract {
    private static final DatasetId UNKNOWN = new DatasetId(NOBODY);

    private final DatasetApi datasets = bean(DatasetApi.class);

    DatasetContract(Binding binding) {
        super(binding);
    }

    @Test
    void whatIsUnknownIsNull() {
        assertThat(datasets.dataset(UNKNOWN)).isNull();
        assertThat(datasets.version(new DatasetVersionId(NOBODY))).isNull();
        assertThat(datasets.datasets(List.of(UNKNOWN))).isEmpty();
        assertThat(datasets.versions(List.of(new DatasetVersionId(NOBODY)))).isEmpty();
    }

    @Test
    void aNameMakesOneDataset() {
        Entity<DatasetId, Dataset> made = datasets.createDataset(new CreateDataset("cats"));

        assertThat(datasets.createDataset(new CreateDataset("cats"))).isEqualTo(made);
        assertThat(datasets.dataset(made.id())).isEqualTo(made);
        assertThat(datasets.datasets(List.of(made.id(), UNKNOWN))).containsExactly(made);
        assertThat(elsewhere(() -> datasets.dataset(made.id()))).isNull();
    }

    @Test
    void aVersionIsReadAsItWasCut() {
        ProjectId project = given().labelledProject();
        DatasetId dataset = datasets.createDataset(new CreateDataset("cats")).id();
        SampleFile samples = given().labeling().exportLabelled(project);

        Entity<DatasetVersionId, DatasetVersion> made = datasets.commit(new CommitVersion(
                dataset, project, samples, Given.LABELS, new SplitFractions(0.5, 0.25, 0.25), Long.MAX_VALUE));

        assertThat(datasets.version(made.id())).isEqualTo(made);
        assertThat(datasets.versions(List.of(made.id()))).containsExactly(made);
        DatasetVersion version = made.body();
        assertThat(version.seed()).isEqualTo(Long.MAX_VALUE);
        assertThat(version.parent()).isNull();
        assertThat(version.classes()).isEqualTo(Given.LABELS);
        assertThat(version.sampleShape()).isEqualTo(Given.SHAPE);
        assertThat(version.splits()).containsOnlyKeys(SplitName.values());
        assertThat(version.splits().values().stream().mapToInt(Split::count).sum())
                .isEqualTo((int) samples.count());
        assertThat(version.statistics().minimum()).isEqualTo(-1f);
    }

    @Test
    void aChangedExportMakesAVersionWithAParent() {
        ProjectId project = given().labelledProject();
        DatasetId dataset = datasets.createDataset(new CreateDataset("cats")).id();
        CommitVersion commit = commit(dataset, project, given().labeling().exportLabelled(project));
        Entity<DatasetVersionId, DatasetVersion> first = datasets.commit(commit);

        assertThat(datasets.commit(commit).id()).isEqualTo(first.id());
        given().labeling()
                .importTasks(
                        project,
                        given().file(Given.samples().stream()
                                .limit(3)
                                .map(sample -> new LabelledSample(
                                        "other " + sample.key(),
                                        new Sample(Given.SHAPE, List.of(99f, 98f, 97f, 96f)),
                                        sample.label()))
                                .toArray(LabelledSample[]::new)));
        Entity<DatasetVersionId, DatasetVersion> second =
                datasets.commit(commit(dataset, project, given().labeling().exportLabelled(project)));

        assertThat(second.body().parent()).isEqualTo(first.id());
        assertThat(second.body().number()).isEqualTo(2);
        Pages.inTwos(
                List.of(second.id(), first.id()), (limit, cursor) -> datasets.listVersions(dataset, limit, cursor));
    }

    @Test
    void datasetsComeInPagesNewestFirst() {
        DatasetId first = datasets.createDataset(new CreateDataset("1")).id();
        DatasetId second = datasets.createDataset(new CreateDataset("2")).id();
        DatasetId third = datasets.createDataset(new CreateDataset("3")).id();

        Pages.inTwos(List.of(third, second, first), datasets::listDatasets);
    }

    @Test
    void whatCannotBeCutIsRefused() {
        ProjectId project = given().project();
        DatasetId dataset = datasets.createDataset(new CreateDataset("cats")).id();
        SampleFile none = given().labeling().exportLabelled(project);

        refused(ErrorKind.INVALID, "dataset.no-annotations", () -> datasets.commit(commit(dataset, project, none)));
        refused(ErrorKind.NOT_FOUND, "dataset.unknown", () -> datasets.commit(commit(UNKNOWN, project, none)));
        refused(ErrorKind.NOT_FOUND, "dataset.unknown", () -> datasets.listVersions(UNKNOWN, 10, null));
        assertThat(refused(
                        ErrorKind.INVALID,
                        "dataset.fractions",
                        () -> datasets.commit(new CommitVersion(
                                dataset,
                                project,
                                none,
                                Given.LABELS,
                                new SplitFractions(Double.NaN, Double.POSITIVE_INFINITY, -0.1),
                                7))))
                .as("numbers that JSON has no form for")
                .hasMessageContaining("train=NaN, validation=Infinity, test=-0.1");
        refused(ErrorKind.INVALID, "dataset.name", () -> datasets.createDataset(new CreateDataset(" ")));
    }

    @Test
    void whatLacksAPartIsInvalid() {
        DatasetId dataset = datasets.createDataset(new CreateDataset("cats")).id();

        incomplete(() -> datasets.createDataset(new CreateDataset(null)));
        incomplete(() -> datasets.commit(commit(null, new ProjectId(NOBODY), null)));
        incomplete(() -> datasets.commit(commit(dataset, null, new SampleFile(given().artifact(""), 0))));
        incomplete(() -> datasets.commit(commit(dataset, new ProjectId(NOBODY), null)));
    }

    @Test
    void aViewerOnlyReads() {
        needs(Role.ENGINEER, "createDataset", () -> datasets.createDataset(new CreateDataset("cats")));
        assertThat(as(Role.VIEWER, () -> datasets.listDatasets(10, null)).items())
                .isEmpty();
    }

    private static CommitVersion commit(DatasetId dataset, ProjectId project, SampleFile samples) {
        return new CommitVersion(dataset, project, samples, Given.LABELS, SplitFractions.DEFAULT, 7);
    }
}
