package dev.slipway.gateway;

import dev.slipway.api.SampleFile;
import dev.slipway.api.jobs.Job;
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
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.AnnotationId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.TaskId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;

/** Projects and tasks in memory. */
@Singleton
class TestLabeling implements LabelingApi {
    final Shelf<ProjectId, Project> projects = new Shelf<>(ProjectId::new);
    final Shelf<TaskId, Task> tasks = new Shelf<>(TaskId::new);
    final Shelf<AnnotationId, Annotation> annotations = new Shelf<>(AnnotationId::new);
    private final Calls calls;
    private final TestJobs jobs;

    TestLabeling(Calls calls, TestJobs jobs) {
        this.calls = calls;
        this.jobs = jobs;
    }

    @Override
    public Entity<ProjectId, Project> createProject(CreateProject request) {
        calls.note("createProject");
        if (projectNamed(request.name()) != null) {
            throw SlipwayException.conflict("labeling.project-exists", "There is a project of that name already.");
        }
        return projects.add(new Project(request.name(), request.labels()));
    }

    @Override
    public @Nullable Entity<ProjectId, Project> project(ProjectId id) {
        calls.note("project");
        return projects.get(id);
    }

    @Override
    public @Nullable Entity<ProjectId, Project> projectNamed(String name) {
        return projects.page(Page.MAX_LIMIT, null, project -> project.name().equals(name)).items().stream()
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<Entity<ProjectId, Project>> projects(List<ProjectId> ids) {
        calls.note("projects");
        return projects.all(ids);
    }

    @Override
    public Page<Entity<ProjectId, Project>> listProjects(int limit, @Nullable String cursor) {
        calls.note("listProjects");
        return projects.page(limit, cursor, any -> true);
    }

    @Override
    public List<ProjectCounts> counts(List<ProjectId> ids) {
        calls.note("counts");
        return ids.stream()
                .map(id -> new ProjectCounts(id, count(id, TaskState.UNLABELLED), count(id, TaskState.LABELLED)))
                .toList();
    }

    @Override
    public ImportSummary importTasks(ProjectId id, SampleFile file) {
        throw unsupported();
    }

    @Override
    public Page<Entity<TaskId, Task>> tasks(ProjectId id, TaskState state, int limit, @Nullable String cursor) {
        calls.note("tasks");
        return tasks.page(limit, cursor, task -> task.project().equals(id) && task.state() == state);
    }

    @Override
    public List<Entity<TaskId, Task>> tasksById(List<TaskId> ids) {
        calls.note("tasksById");
        return tasks.all(ids);
    }

    @Override
    public Entity<TaskId, Task> annotate(TaskId id, Annotate request) {
        calls.note("annotate");
        Task task = tasks.get(id).body();
        if (!projects.get(task.project()).body().labels().contains(request.label())) {
            throw SlipwayException.invalid(
                    "labeling.unknown-label", "'" + request.label() + "' is none of the project's labels.");
        }
        annotations.add(new Annotation(id, request.label(), "tester", true));
        return tasks.change(
                id, old -> new Task(old.project(), old.key(), old.sample(), TaskState.LABELLED, request.label(), null));
    }

    @Override
    public List<Entity<AnnotationId, Annotation>> annotations(TaskId id) {
        calls.note("annotations");
        return annotations
                .page(Page.MAX_LIMIT, null, annotation -> annotation.task().equals(id))
                .items();
    }

    @Override
    public Entity<JobId, Job> preannotate(ProjectId id, Preannotate request) {
        return jobs.queued(EntityType.PROJECT, id, "preannotate");
    }

    @Override
    public SampleFile exportLabelled(ProjectId id) {
        throw unsupported();
    }

    private long count(ProjectId id, TaskState state) {
        return tasks.page(Page.MAX_LIMIT, null, task -> task.project().equals(id) && task.state() == state)
                .items()
                .size();
    }

    private static SlipwayException unsupported() {
        return SlipwayException.unsupported("test.unsupported", "The gateway never asks for this.");
    }
}
