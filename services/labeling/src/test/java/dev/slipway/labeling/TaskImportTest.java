package dev.slipway.labeling;

import static dev.slipway.labeling.LabelingFixture.assertCode;
import static dev.slipway.labeling.LabelingFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.LabelledSample;
import dev.slipway.api.Sample;
import dev.slipway.api.SampleFile;
import dev.slipway.api.labeling.Annotate;
import dev.slipway.api.labeling.ImportSummary;
import dev.slipway.api.labeling.ProjectCounts;
import dev.slipway.api.labeling.Task;
import dev.slipway.api.labeling.TaskState;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.TaskId;
import dev.slipway.runtime.samples.SampleFiles;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.graph.GraphStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TaskImportTest {
    @TempDir
    Path data;

    private LabelingFixture labeling;
    private ProjectId project;

    @BeforeEach
    void open() {
        labeling = new LabelingFixture(data);
        project = labeling.project("pets", "cat", "dog").id();
    }

    @AfterEach
    void close() {
        labeling.close();
    }

    @Test
    void eachLineBecomesATask() {
        assertThat(labeling.importTasks(project, sample("a", "cat", 1), sample("b", null, 2)))
                .isEqualTo(new ImportSummary(2, 0, 1));

        Task labelled = labeling.task(project, "a").body();
        assertThat(labelled.sample()).isEqualTo(new Sample(List.of(1), List.of(1f)));
        assertThat(labelled.state()).isEqualTo(TaskState.LABELLED);
        assertThat(labelled.label()).isEqualTo("cat");
        assertThat(labeling.task(project, "b").body().label()).isNull();
        TaskId id = labeling.task(project, "a").id();
        assertThat(labeling.as(() -> labeling.api().annotations(id)))
                .singleElement()
                .satisfies(annotation -> {
                    assertThat(annotation.body().author()).isEqualTo("admin");
                    assertThat(annotation.body().accepted()).isTrue();
                });
    }

    @Test
    void importingAgainChangesNothing() {
        LabelledSample[] samples = many(400);
        labeling.importTasks(project, samples);
        long events = labeling.bean(GraphStore.class).lastEventPosition();

        assertThat(labeling.importTasks(project, samples)).isEqualTo(new ImportSummary(0, 400, 200));

        assertThat(labeling.bean(GraphStore.class).lastEventPosition()).isEqualTo(events);
        assertThat(labeling.keys(project, TaskState.LABELLED)).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void aLaterFileMayBringTheLabelsOfKnownTasks() {
        labeling.importTasks(project, sample("a", null, 1), sample("b", null, 2));

        assertThat(labeling.importTasks(project, sample("a", "dog", 1), sample("c", null, 3)))
                .isEqualTo(new ImportSummary(1, 1, 1));
        assertThat(labeling.task(project, "a").body().label()).isEqualTo("dog");
    }

    @Test
    void anImportDoesNotUndoACorrection() {
        labeling.importTasks(project, sample("a", "cat", 1));
        TaskId task = labeling.task(project, "a").id();
        labeling.as(() -> labeling.api().annotate(task, new Annotate("dog")));

        assertThat(labeling.importTasks(project, sample("a", "cat", 1))).isEqualTo(new ImportSummary(0, 1, 1));

        assertThat(labeling.task(project, "a").body().label()).isEqualTo("dog");
    }

    @Test
    void aKeyThatComesTwiceInAFileIsOneTask() {
        assertThat(labeling.importTasks(project, sample("a", null, 1), sample("a", "cat", 1)))
                .isEqualTo(new ImportSummary(1, 1, 1));
        assertThat(labeling.keys(project, TaskState.LABELLED)).containsExactly("a");
    }

    @Test
    void equalKeysInDifferentProjectsAreDifferentTasks() {
        ProjectId other = labeling.project("others", "cat", "dog").id();
        labeling.importTasks(project, sample("a", null, 1));

        assertThat(labeling.importTasks(other, sample("a", null, 1))).isEqualTo(new ImportSummary(1, 0, 0));
    }

    @Test
    void anUnknownLabelFailsTheWholeFile() {
        LabelledSample[] samples = many(400);
        samples[399] = sample("last", "cow", 1);

        assertThatThrownBy(() -> labeling.importTasks(project, samples))
                .hasMessageContaining("Line 400")
                .hasMessageContaining("'cow'")
                .hasMessageContaining("[cat, dog]")
                .satisfies(e -> assertCode(e, "labeling.unknown-label"));
        assertNothingImported();
    }

    @Test
    void aBadLineFailsTheWholeFile() {
        byte[] good =
                labeling.bean(ArtifactStore.class).read(labeling.file(many(3)).artifact(), 1 << 20);
        String text = new String(good, StandardCharsets.UTF_8) + "{\"key\": oops}\n";
        Digest artifact = labeling.bean(ArtifactStore.class)
                .put(text.getBytes(StandardCharsets.UTF_8))
                .digest();

        assertThatThrownBy(() -> labeling.as(() -> labeling.api().importTasks(project, new SampleFile(artifact, 4))))
                .hasMessageContaining("Line 4")
                .satisfies(e -> assertCode(e, "labeling.bad-line"));
        assertNothingImported();
    }

    @Test
    void samplesOfAProjectHaveOneShape() {
        assertThatThrownBy(() -> labeling.importTasks(project, sample("a", null, 1), sample("b", null, 1, 2)))
                .hasMessageContaining("Line 2")
                .satisfies(e -> assertCode(e, "labeling.shape"));
        assertNothingImported();

        labeling.importTasks(project, sample("a", null, 1));
        assertThatThrownBy(() -> labeling.importTasks(project, sample("b", null, 1, 2)))
                .hasMessageContaining("Line 1")
                .satisfies(e -> assertCode(e, "labeling.shape"));
    }

    @Test
    void anUnknownProjectOrFileIsSaidToBeUnknown() {
        ProjectId unknown = new ProjectId("0197a0000000700080000000000000aa");
        assertThatThrownBy(() -> labeling.importTasks(unknown, sample("a", null, 1)))
                .satisfies(e -> assertCode(e, "project.unknown"));
        SampleFile file = new SampleFile(Digest.of(new byte[0]), 0);
        assertThatThrownBy(() -> labeling.as(() -> labeling.api().importTasks(project, file)))
                .satisfies(e -> assertCode(e, "artifact.unknown"));
    }

    @Test
    void importsAtOnceMakeEachTaskOnce() throws Exception {
        LabelledSample[] samples = many(300);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Callable<ImportSummary>> imports = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                imports.add(() -> labeling.importTasks(project, samples));
            }
            long added = 0;
            for (Future<ImportSummary> done : threads.invokeAll(imports)) {
                added += done.get().added();
            }
            assertThat(added).isEqualTo(300);
            assertThat(labeling.as(() -> labeling.api().counts(List.of(project))))
                    .containsExactly(new ProjectCounts(project, 150, 150));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anExportHoldsTheLabelledTasksInTheOrderOfTheirIds() {
        labeling.importTasks(project, many(250));
        TaskId task = labeling.task(project, "k1").id();
        labeling.as(() -> labeling.api().annotate(task, new Annotate("dog")));

        SampleFile file = labeling.as(() -> labeling.api().exportLabelled(project));

        List<LabelledSample> exported = new ArrayList<>();
        labeling.bean(SampleFiles.class).read(file.artifact(), Service.LABELING, (number, line) -> exported.add(line));
        assertThat(file.count()).isEqualTo(126);
        assertThat(exported).hasSize(126).contains(sample("k1", "dog", 1));
        assertThat(exported.get(1).key()).isEqualTo("k1");
        assertThat(labeling.as(() -> labeling.api().exportLabelled(project))).isEqualTo(file);
        ProjectId copy = labeling.project("copy", "cat", "dog").id();
        assertThat(labeling.as(() -> labeling.api().importTasks(copy, file))).isEqualTo(new ImportSummary(126, 0, 126));
    }

    @Test
    void anExportOfNothingIsEmpty() {
        labeling.importTasks(project, sample("a", null, 1));

        assertThat(labeling.as(() -> labeling.api().exportLabelled(project)).count())
                .isZero();
    }

    private void assertNothingImported() {
        assertThat(labeling.as(() -> labeling.api().counts(List.of(project))))
                .containsExactly(new ProjectCounts(project, 0, 0));
    }

    /** Every second one a cat, the others unlabelled. */
    private static LabelledSample[] many(int count) {
        LabelledSample[] samples = new LabelledSample[count];
        for (int i = 0; i < count; i++) {
            samples[i] = sample("k" + i, i % 2 == 0 ? "cat" : null, i);
        }
        return samples;
    }
}
