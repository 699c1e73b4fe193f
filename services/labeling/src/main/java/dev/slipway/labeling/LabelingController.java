package dev.slipway.labeling;

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
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.AnnotationId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.TaskId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** The labeling contract over HTTP and, within one process, as a plain bean. */
@Controller(LabelingApi.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
class LabelingController implements LabelingApi {
    private final Projects projects;
    private final Tasks tasks;
    private final Annotations annotations;
    private final TaskImport imports;
    private final TaskExport exports;
    private final Preannotation preannotation;

    LabelingController(
            Projects projects,
            Tasks tasks,
            Annotations annotations,
            TaskImport imports,
            TaskExport exports,
            Preannotation preannotation) {
        this.projects = projects;
        this.tasks = tasks;
        this.annotations = annotations;
        this.imports = imports;
        this.exports = exports;
        this.preannotation = preannotation;
    }

    @Override
    public Entity<ProjectId, Project> createProject(CreateProject request) {
        return projects.create(request);
    }

    @Override
    public @Nullable Entity<ProjectId, Project> project(ProjectId id) {
        return projects.find(id).orElse(null);
    }

    @Override
    public @Nullable Entity<ProjectId, Project> projectNamed(String name) {
        return projects.named(name).orElse(null);
    }

    @Override
    public List<Entity<ProjectId, Project>> projects(List<ProjectId> ids) {
        return projects.getAll(ids);
    }

    @Override
    public Page<Entity<ProjectId, Project>> listProjects(int limit, @Nullable String cursor) {
        return projects.list(limit, cursor);
    }

    @Override
    public List<ProjectCounts> counts(List<ProjectId> ids) {
        return projects.getAll(ids).stream()
                .map(project -> tasks.counts(project.id()))
                .toList();
    }

    @Override
    public ImportSummary importTasks(ProjectId id, SampleFile file) {
        return imports.run(projects.get(id), file);
    }

    @Override
    public Page<Entity<TaskId, Task>> tasks(ProjectId id, TaskState state, int limit, @Nullable String cursor) {
        projects.get(id);
        return tasks.inState(id, state, limit, cursor);
    }

    @Override
    public List<Entity<TaskId, Task>> tasksById(List<TaskId> ids) {
        return tasks.getAll(ids);
    }

    @Override
    public Entity<TaskId, Task> annotate(TaskId id, Annotate request) {
        return annotations.annotate(id, request.label());
    }

    @Override
    public List<Entity<AnnotationId, Annotation>> annotations(TaskId id) {
        tasks.get(id);
        return annotations.of(id);
    }

    @Override
    public Entity<JobId, Job> preannotate(ProjectId id, Preannotate request) {
        return preannotation.start(projects.get(id), request.modelVersion());
    }

    @Override
    public SampleFile exportLabelled(ProjectId id) {
        return exports.run(projects.get(id));
    }
}
