package dev.slipway.labeling;

import static dev.slipway.labeling.LabelingFixture.assertCode;
import static dev.slipway.labeling.LabelingFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.labeling.Annotate;
import dev.slipway.api.labeling.CreateProject;
import dev.slipway.api.labeling.Project;
import dev.slipway.api.labeling.ProjectCounts;
import dev.slipway.api.labeling.TaskState;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.TaskId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ProjectsTest {
    private static final ProjectId UNKNOWN = new ProjectId("0197a0000000700080000000000000aa");

    @TempDir
    Path data;

    private LabelingFixture labeling;

    @BeforeEach
    void open() {
        labeling = new LabelingFixture(data);
    }

    @AfterEach
    void close() {
        labeling.close();
    }

    @Test
    void aProjectIsFoundByIdNameAndInLists() {
        Entity<ProjectId, Project> digits = labeling.project("digits", "0", "1");
        Entity<ProjectId, Project> letters = labeling.project("letters / ä", "a", "b");

        assertThat(labeling.as(() -> labeling.api().project(digits.id()))).isEqualTo(digits);
        assertThat(labeling.as(() -> labeling.api().projectNamed("letters / ä")))
                .isEqualTo(letters);
        assertThat(labeling.as(() -> labeling.api().project(UNKNOWN))).isNull();
        assertThat(labeling.as(() -> labeling.api().projectNamed("none"))).isNull();
        assertThat(labeling.as(() -> labeling.api().projects(List.of(letters.id(), UNKNOWN, digits.id()))))
                .containsExactly(letters, digits);
        Page<Entity<ProjectId, Project>> first =
                labeling.as(() -> labeling.api().listProjects(1, null));
        Page<Entity<ProjectId, Project>> second =
                labeling.as(() -> labeling.api().listProjects(1, first.next().orElseThrow()));
        assertThat(first.items()).containsExactly(letters);
        assertThat(second.items()).containsExactly(digits);
    }

    @Test
    void aNameIsTakenOnce() {
        labeling.project("digits", "0", "1");

        assertThatThrownBy(() -> labeling.project("digits", "0", "1"))
                .satisfies(e -> assertCode(e, "labeling.project-exists"));
    }

    @Test
    void aNameIsNeitherBlankNorLong() {
        for (String name : Arrays.asList("", " ", "x".repeat(201), null)) {
            assertThatThrownBy(() ->
                            labeling.as(() -> labeling.api().createProject(new CreateProject(name, List.of("a", "b")))))
                    .satisfies(e -> assertCode(e, "labeling.name"));
        }
    }

    @Test
    void labelsAreSeveralDifferentAndShort() {
        List<String> tooMany = new ArrayList<>();
        for (int i = 0; i <= 10_000; i++) {
            tooMany.add("l" + i);
        }
        for (List<String> labels : Arrays.asList(
                List.<String>of(),
                List.of("a"),
                List.of("a", "a"),
                List.of("a", " "),
                List.of("a", "x".repeat(201)),
                Arrays.asList("a", null),
                tooMany,
                null)) {
            assertThatThrownBy(
                            () -> labeling.as(() -> labeling.api().createProject(new CreateProject("digits", labels))))
                    .satisfies(e -> assertCode(e, "labeling.labels"));
        }
    }

    @Test
    void countsTellTheStatesOfTasks() {
        ProjectId project = labeling.project("digits", "0", "1").id();
        ProjectId empty = labeling.project("empty", "0", "1").id();
        labeling.importTasks(project, sample("a", "0", 1), sample("b", null, 2), sample("c", null, 3));

        assertThat(labeling.as(() -> labeling.api().counts(List.of(empty, UNKNOWN, project))))
                .containsExactly(new ProjectCounts(empty, 0, 0), new ProjectCounts(project, 2, 1));
        TaskId task = labeling.task(project, "b").id();
        labeling.as(() -> labeling.api().annotate(task, new Annotate("1")));
        assertThat(labeling.as(() -> labeling.api().counts(List.of(project))))
                .containsExactly(new ProjectCounts(project, 1, 2));
    }

    @Test
    void anotherWorkspaceSeesNothing() {
        Entity<ProjectId, Project> project = labeling.project("digits", "0", "1");
        Caller elsewhere = new Caller("other", Set.of(Role.ADMIN), new Workspace("elsewhere"));

        assertThat(labeling.as(elsewhere, () -> labeling.api().project(project.id())))
                .isNull();
        assertThat(labeling.as(elsewhere, () -> labeling.api().listProjects(10, null))
                        .items())
                .isEmpty();
    }

    @Test
    void rolesAreChecked() {
        Entity<ProjectId, Project> project = labeling.project("digits", "0", "1");
        labeling.importTasks(project.id(), sample("a", null, 1));
        TaskId task = labeling.task(project.id(), "a").id();
        Caller viewer = new Caller("viewer", Set.of(Role.VIEWER), Workspace.DEFAULT);
        Caller labeller = new Caller("labeller", Set.of(Role.LABELLER), Workspace.DEFAULT);

        assertThatThrownBy(() -> labeling.as(viewer, () -> labeling.api().annotate(task, new Annotate("0"))))
                .satisfies(e -> assertCode(e, "caller.role"));
        assertThatThrownBy(() -> labeling.as(labeller, () -> labeling.api().exportLabelled(project.id())))
                .satisfies(e -> assertCode(e, "caller.role"));
        assertThat(labeling.as(labeller, () -> labeling.api().annotate(task, new Annotate("0")))
                        .body()
                        .state())
                .isEqualTo(TaskState.LABELLED);
    }
}
