package dev.slipway.training.pipeline;

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
import dev.slipway.training.TestDatasets;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;

/** A project of ten labels, and what was asked of it. */
@Singleton
class TestLabeling implements LabelingApi {
    private final TestWork work;

    TestLabeling(TestWork work) {
        this.work = work;
    }

    @Override
    public Entity<ProjectId, Project> createProject(CreateProject request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Entity<ProjectId, Project> project(ProjectId id) {
        return new Entity<>(id, 1, 1, 1, new Project("digits", TestDatasets.CLASSES));
    }

    @Override
    public @Nullable Entity<ProjectId, Project> projectNamed(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entity<ProjectId, Project>> projects(List<ProjectId> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Entity<ProjectId, Project>> listProjects(int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ProjectCounts> counts(List<ProjectId> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ImportSummary importTasks(ProjectId id, SampleFile file) {
        work.note("import " + file.count());
        return new ImportSummary(file.count(), 0, file.count());
    }

    @Override
    public Page<Entity<TaskId, Task>> tasks(ProjectId id, TaskState state, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entity<TaskId, Task>> tasksById(List<TaskId> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<TaskId, Task> annotate(TaskId id, Annotate request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entity<AnnotationId, Annotation>> annotations(TaskId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entity<JobId, Job> preannotate(ProjectId id, Preannotate request) {
        return work.job("preannotate");
    }

    @Override
    public SampleFile exportLabelled(ProjectId id) {
        work.note("export");
        return TestWork.SAMPLES;
    }
}
