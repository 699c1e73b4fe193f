package dev.slipway.api.labeling;

import dev.slipway.api.Allowed;
import dev.slipway.api.SampleFile;
import dev.slipway.api.jobs.Job;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.id.AnnotationId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.TaskId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.util.List;

/** Labeling: projects, their tasks, and the answers to them. */
@Allowed(Role.VIEWER)
public interface LabelingApi {
    /** The path of the contract on the internal port. */
    String PATH = "/internal/v1/labeling";

    /** Fails with {@code labeling.project-exists} when the name is taken. */
    @Post("/projects")
    @Allowed(Role.ENGINEER)
    Entity<ProjectId, Project> createProject(@Body CreateProject request);

    @Get("/projects/{id}")
    @Nullable
    Entity<ProjectId, Project> project(@PathVariable ProjectId id);

    @Get("/projects/named")
    @Nullable
    Entity<ProjectId, Project> projectNamed(@QueryValue String name);

    /** Those that exist of at most 1000. */
    @Post("/projects/batch")
    List<Entity<ProjectId, Project>> projects(@Body List<ProjectId> ids);

    /** Newest first. */
    @Get("/projects{?limit,cursor}")
    Page<Entity<ProjectId, Project>> listProjects(
            @QueryValue(defaultValue = "50") int limit, @Nullable @QueryValue String cursor);

    /** How many tasks each of at most 1000 projects has. */
    @Post("/projects/counts")
    List<ProjectCounts> counts(@Body List<ProjectId> ids);

    /**
     * Makes a task of each sample of the file, and accepts the labels that it brings. Importing a file again changes
     * nothing. A bad line, or a label outside the project's set ({@code labeling.unknown-label}), fails the whole import
     * before anything is written.
     */
    @Post("/projects/{id}/imports")
    @Allowed(Role.ENGINEER)
    ImportSummary importTasks(@PathVariable ProjectId id, @Body SampleFile file);

    /**
     * The tasks of a project in one state. Unlabelled ones come as a labeller should take them: those the model is least
     * sure of first, then those without a prediction; labelled ones come oldest first.
     */
    @Get("/projects/{id}/tasks/{state}{?limit,cursor}")
    Page<Entity<TaskId, Task>> tasks(
            @PathVariable ProjectId id,
            @PathVariable TaskState state,
            @QueryValue(defaultValue = "50") int limit,
            @Nullable @QueryValue String cursor);

    /** Those that exist of at most 1000. */
    @Post("/tasks/batch")
    List<Entity<TaskId, Task>> tasksById(@Body List<TaskId> ids);

    /** Accepts a label for a task; fails with {@code labeling.unknown-label} when it is none of the project's. */
    @Post("/tasks/{id}/annotations")
    @Allowed(Role.LABELLER)
    Entity<TaskId, Task> annotate(@PathVariable TaskId id, @Body Annotate request);

    /** All answers to a task, oldest first. */
    @Get("/tasks/{id}/annotations")
    List<Entity<AnnotationId, Annotation>> annotations(@PathVariable TaskId id);

    /** Starts a job that lets a registered model label the unlabelled tasks for the time being. */
    @Post("/projects/{id}/preannotations")
    @Allowed(Role.ENGINEER)
    Entity<JobId, Job> preannotate(@PathVariable ProjectId id, @Body Preannotate request);

    /** Writes all tasks with an accepted label to an artifact, in the order of their ids. */
    @Post("/projects/{id}/exports")
    @Allowed(Role.ENGINEER)
    SampleFile exportLabelled(@PathVariable ProjectId id);
}
