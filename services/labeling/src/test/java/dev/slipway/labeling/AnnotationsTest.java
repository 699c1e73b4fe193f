package dev.slipway.labeling;

import static dev.slipway.labeling.LabelingFixture.assertCode;
import static dev.slipway.labeling.LabelingFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.labeling.Annotate;
import dev.slipway.api.labeling.Annotation;
import dev.slipway.api.labeling.Task;
import dev.slipway.api.labeling.TaskState;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.TaskId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
class AnnotationsTest {
    @TempDir
    Path data;

    private LabelingFixture labeling;
    private ProjectId project;
    private TaskId task;

    @BeforeEach
    void open() {
        labeling = new LabelingFixture(data);
        project = labeling.project("pets", "cat", "dog").id();
        labeling.importTasks(project, sample("a", null, 1), sample("b", null, 2));
        task = labeling.task(project, "a").id();
    }

    @AfterEach
    void close() {
        labeling.close();
    }

    @Test
    void anAnnotationLabelsItsTask() {
        Entity<TaskId, Task> labelled = annotate("ann", "cat");

        assertThat(labelled.body().state()).isEqualTo(TaskState.LABELLED);
        assertThat(labelled.body().label()).isEqualTo("cat");
        assertThat(labeling.as(() -> labeling.api().tasksById(List.of(task)))).containsExactly(labelled);
        assertThat(labeling.keys(project, TaskState.UNLABELLED)).containsExactly("b");
        assertThat(labeling.keys(project, TaskState.LABELLED)).containsExactly("a");
    }

    @Test
    void aLaterAnnotationTakesThePlaceOfTheEarlier() {
        annotate("ann", "cat");
        annotate("bob", "dog");
        annotate("ann", "cat");

        assertThat(annotations())
                .containsExactly(
                        new Annotation(task, "cat", "ann", false),
                        new Annotation(task, "dog", "bob", false),
                        new Annotation(task, "cat", "ann", true));
        assertThat(labeling.task(project, "a").body().label()).isEqualTo("cat");
    }

    @Test
    void sayingTheSameAgainChangesNothing() {
        Entity<TaskId, Task> first = annotate("ann", "cat");

        assertThat(annotate("ann", "cat")).isEqualTo(first);
        assertThat(annotations()).hasSize(1);
        annotate("bob", "cat");
        assertThat(annotations()).hasSize(2);
    }

    @Test
    void anUnknownLabelIsRefused() {
        assertThatThrownBy(() -> annotate("ann", "cow"))
                .hasMessageContaining("'cow'")
                .hasMessageContaining("[cat, dog]")
                .satisfies(e -> assertCode(e, "labeling.unknown-label"));
        assertThatThrownBy(() -> annotate("ann", null)).satisfies(e -> assertCode(e, "labeling.unknown-label"));
        assertThat(annotations()).isEmpty();
    }

    @Test
    void anUnknownTaskIsSaidToBeUnknown() {
        TaskId unknown = new TaskId(project.value());
        assertThatThrownBy(() -> labeling.as(() -> labeling.api().annotate(unknown, new Annotate("cat"))))
                .satisfies(e -> assertCode(e, "task.unknown"));
        assertThatThrownBy(() -> labeling.as(() -> labeling.api().annotations(unknown)))
                .satisfies(e -> assertCode(e, "task.unknown"));
        assertThatThrownBy(() -> labeling.as(
                        () -> labeling.api().tasks(new ProjectId(task.value()), TaskState.LABELLED, 10, null)))
                .satisfies(e -> assertCode(e, "project.unknown"));
    }

    @Test
    void ofAnnotationsAtOnceOneIsAcceptedAndNoneIsLost() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Entity<TaskId, Task>>> answers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String author = "labeller-" + i;
                String label = i % 2 == 0 ? "cat" : "dog";
                answers.add(() -> annotate(author, label));
            }
            for (Future<Entity<TaskId, Task>> done : threads.invokeAll(answers)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }

        String label = labeling.task(project, "a").body().label();
        assertThat(annotations())
                .hasSize(4)
                .filteredOn(Annotation::accepted)
                .singleElement()
                .satisfies(accepted -> assertThat(accepted.label()).isEqualTo(label));
    }

    private Entity<TaskId, Task> annotate(String author, String label) {
        Caller caller = new Caller(author, Set.of(Role.LABELLER), Workspace.DEFAULT);
        return labeling.as(caller, () -> labeling.api().annotate(task, new Annotate(label)));
    }

    private List<Annotation> annotations() {
        return labeling.as(() -> labeling.api().annotations(task)).stream()
                .map(Entity::body)
                .toList();
    }
}
