package dev.slipway.standalone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.LabelledSample;
import dev.slipway.api.Sample;
import dev.slipway.api.SampleFile;
import dev.slipway.api.labeling.Annotate;
import dev.slipway.api.labeling.Annotation;
import dev.slipway.api.labeling.CreateProject;
import dev.slipway.api.labeling.ImportSummary;
import dev.slipway.api.labeling.LabelingApi;
import dev.slipway.api.labeling.Preannotate;
import dev.slipway.api.labeling.Project;
import dev.slipway.api.labeling.ProjectCounts;
import dev.slipway.api.labeling.Task;
import dev.slipway.api.labeling.TaskState;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.TaskId;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class LabelingContract extends Contract {
    private static final ProjectId UNKNOWN = new ProjectId(NOBODY);

    private final LabelingApi labeling = bean(LabelingApi.class);

    LabelingContract(Binding binding) {
        super(binding);
    }

    @Test
    void anUnknownProjectIsNull() {
        assertThat(labeling.project(UNKNOWN)).isNull();
        assertThat(labeling.projectNamed("nobody's")).isNull();
    }

    @Test
    void aBatchBringsThoseThatExist() {
        ProjectId project = given().project();

        assertThat(labeling.projects(List.of(UNKNOWN, project)))
                .extracting(Entity::id)
                .containsExactly(project);
        assertThat(labeling.projects(List.of())).isEmpty();
        assertThat(labeling.tasksById(List.of(new TaskId(NOBODY)))).isEmpty();
    }

    @Test
    void aProjectIsReadAsItWasMade() {
        String name = "größte & schönste = 100 % / + #1? \"日本\"";

        Entity<ProjectId, Project> made = labeling.createProject(new CreateProject(name, List.of("ja", "nein, nie")));

        assertThat(made.revision()).isEqualTo(1);
        assertThat(made.body()).isEqualTo(new Project(name, List.of("ja", "nein, nie")));
        assertThat(labeling.project(made.id())).isEqualTo(made);
        assertThat(labeling.projectNamed(name)).isEqualTo(made);
    }

    @Test
    void aTakenNameIsAConflict() {
        labeling.createProject(new CreateProject("cats", Given.LABELS));

        assertThat(refused(
                        ErrorKind.CONFLICT,
                        "labeling.project-exists",
                        () -> labeling.createProject(new CreateProject("cats", Given.LABELS))))
                .hasMessage("There is a project named 'cats' already: use it, or choose another name.");
    }

    @Test
    void whatCannotBeAProjectIsInvalid() {
        refused(ErrorKind.INVALID, "labeling.name", () -> labeling.createProject(new CreateProject(" ", Given.LABELS)));
        refused(
                ErrorKind.INVALID,
                "labeling.labels",
                () -> labeling.createProject(new CreateProject("one label", List.of("cat"))));
    }

    @Test
    void whatLacksAPartIsInvalid() {
        ProjectId project = given().project();

        incomplete(() -> labeling.createProject(new CreateProject(null, Given.LABELS)));
        incomplete(() -> labeling.createProject(new CreateProject("cats", null)));
        incomplete(() -> labeling.importTasks(project, new SampleFile(null, 0)));
        incomplete(() -> labeling.preannotate(project, new Preannotate(null)));
    }

    @Test
    void rolesDecideWhoMayDoWhat() {
        ProjectId project = given().project();
        labeling.importTasks(project, given().file(sample("a", null)));
        TaskId task = firstTask(project, TaskState.UNLABELLED).id();

        needs(Role.ENGINEER, "createProject", () -> labeling.createProject(new CreateProject("p", Given.LABELS)));
        needs(Role.LABELLER, "annotate", () -> labeling.annotate(task, new Annotate("cat")));
        assertThat(as(Role.VIEWER, () -> labeling.project(project))).isNotNull();
        assertThat(as(Role.LABELLER, () -> labeling.annotate(task, new Annotate("cat")))
                        .body()
                        .label())
                .isEqualTo("cat");
        refused(ErrorKind.FORBIDDEN, "caller.role", () -> as(Role.DEVICE, () -> labeling.project(project)));
    }

    @Test
    void anotherWorkspaceSeesNothing() {
        labeling.createProject(new CreateProject("cats", Given.LABELS));
        ProjectId project = labeling.projectNamed("cats").id();

        assertThat(elsewhere(() -> labeling.project(project))).isNull();
        assertThat(elsewhere(() -> labeling.projectNamed("cats"))).isNull();
        assertThat(elsewhere(() -> labeling.listProjects(10, null)).items()).isEmpty();
    }

    @Test
    void projectsComeInPagesNewestFirst() {
        ProjectId first = given().project();
        ProjectId second = given().project();
        ProjectId third = given().project();

        Pages.inTwos(List.of(third, second, first), labeling::listProjects);
    }

    @Test
    void tasksAreReadAsTheyWereImported() {
        ProjectId project = given().project();
        Sample sample =
                new Sample(List.of(1, 2, 3), List.of(Float.MIN_VALUE, Float.MAX_VALUE, -0.0f, 0.1f, 1f / 3, 16777215f));
        SampleFile file = given().file(new LabelledSample("a", sample, null), new LabelledSample("b", sample, "dog"));

        assertThat(labeling.importTasks(project, file)).isEqualTo(new ImportSummary(2, 0, 1));
        assertThat(labeling.importTasks(project, file)).isEqualTo(new ImportSummary(0, 2, 1));

        assertThat(firstTask(project, TaskState.UNLABELLED).body())
                .isEqualTo(new Task(project, "a", sample, TaskState.UNLABELLED, null, null));
        Entity<TaskId, Task> labelled = firstTask(project, TaskState.LABELLED);
        assertThat(labelled.body().label()).isEqualTo("dog");
        assertThat(labeling.tasksById(List.of(labelled.id()))).containsExactly(labelled);
        assertThat(labeling.counts(List.of(project, UNKNOWN))).containsExactly(new ProjectCounts(project, 1, 1));
    }

    @Test
    void annotationsTellWhoGaveThem() {
        ProjectId project = given().project();
        labeling.importTasks(project, given().file(sample("a", null)));
        TaskId task = firstTask(project, TaskState.UNLABELLED).id();

        labeling.annotate(task, new Annotate("cat"));
        as(Role.LABELLER, () -> labeling.annotate(task, new Annotate("dog")));

        assertThat(labeling.annotations(task))
                .extracting(Entity::body)
                .containsExactly(
                        new Annotation(task, "cat", subject(Role.ENGINEER), false),
                        new Annotation(task, "dog", subject(Role.LABELLER), true));
    }

    @Test
    void whatCannotBeAnnotatedIsRefused() {
        ProjectId project = given().project();
        labeling.importTasks(project, given().file(sample("a", null)));
        TaskId task = firstTask(project, TaskState.UNLABELLED).id();

        assertThat(refused(
                        ErrorKind.INVALID,
                        "labeling.unknown-label",
                        () -> labeling.annotate(task, new Annotate("horse"))))
                .hasMessageContaining("horse");
        assertThat(refused(
                        ErrorKind.NOT_FOUND,
                        "task.unknown",
                        () -> labeling.annotate(new TaskId(NOBODY), new Annotate("cat"))))
                .hasMessageContaining(NOBODY);
    }

    @Test
    void importsFailBeforeAnythingIsWritten() {
        ProjectId project = given().project();

        refused(
                ErrorKind.INVALID,
                "labeling.unknown-label",
                () -> labeling.importTasks(project, given().file(sample("a", "dog"), sample("b", "horse"))));
        refused(
                ErrorKind.INVALID,
                "labeling.bad-line",
                () -> labeling.importTasks(project, new SampleFile(given().artifact("no JSON"), 1)));

        assertThat(labeling.counts(List.of(project))).containsExactly(new ProjectCounts(project, 0, 0));
    }

    @Test
    void aMissingModelVersionCannotPreannotate() {
        ProjectId project = given().project();

        refused(
                ErrorKind.NOT_FOUND,
                "model-version.unknown",
                () -> labeling.preannotate(project, new Preannotate(new ModelVersionId(NOBODY))));
        refused(
                ErrorKind.NOT_FOUND,
                "project.unknown",
                () -> labeling.preannotate(UNKNOWN, new Preannotate(new ModelVersionId(NOBODY))));
    }

    private Entity<TaskId, Task> firstTask(ProjectId project, TaskState state) {
        return labeling.tasks(project, state, 1, null).items().get(0);
    }

    private static LabelledSample sample(String key, String label) {
        return new LabelledSample(key, new Sample(Given.SHAPE, List.of(1f, 2f, 3f, 4f)), label);
    }
}
