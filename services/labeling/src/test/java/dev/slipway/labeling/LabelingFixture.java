package dev.slipway.labeling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.LabelledSample;
import dev.slipway.api.Sample;
import dev.slipway.api.SampleFile;
import dev.slipway.api.labeling.CreateProject;
import dev.slipway.api.labeling.ImportSummary;
import dev.slipway.api.labeling.LabelingApi;
import dev.slipway.api.labeling.Project;
import dev.slipway.api.labeling.Task;
import dev.slipway.api.labeling.TaskState;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.TaskId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.samples.SampleFiles;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The labeling service of one process on stores in a folder, and short ways to call it. */
final class LabelingFixture implements AutoCloseable {
    static final Caller ADMIN = new Caller("admin", Set.of(Role.ADMIN), Workspace.DEFAULT);

    private final ApplicationContext context;
    private final LabelingApi labeling;

    LabelingFixture(Path data) {
        context = ApplicationContext.run(Map.of("slipway.data", data.toString()));
        labeling = context.getBean(LabelingApi.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    LabelingApi api() {
        return labeling;
    }

    <T> T as(Caller caller, Supplier<T> call) {
        return context.getBean(Callers.class).callAs(caller, call);
    }

    <T> T as(Supplier<T> call) {
        return as(ADMIN, call);
    }

    Entity<ProjectId, Project> project(String name, String... labels) {
        return as(() -> labeling.createProject(new CreateProject(name, List.of(labels))));
    }

    SampleFile file(LabelledSample... samples) {
        return bean(SampleFiles.class).write(List.of(samples).iterator());
    }

    ImportSummary importTasks(ProjectId project, LabelledSample... samples) {
        return as(() -> labeling.importTasks(project, file(samples)));
    }

    /** All tasks in a state, gathered from small pages. */
    List<Entity<TaskId, Task>> tasks(ProjectId project, TaskState state) {
        List<Entity<TaskId, Task>> tasks = new ArrayList<>();
        String cursor = null;
        do {
            String from = cursor;
            Page<Entity<TaskId, Task>> page = as(() -> labeling.tasks(project, state, 7, from));
            tasks.addAll(page.items());
            cursor = page.next().orElse(null);
        } while (cursor != null);
        return tasks;
    }

    List<String> keys(ProjectId project, TaskState state) {
        return tasks(project, state).stream().map(task -> task.body().key()).toList();
    }

    Entity<TaskId, Task> task(ProjectId project, String key) {
        return tasks(project, TaskState.UNLABELLED).stream()
                .filter(task -> task.body().key().equals(key))
                .findFirst()
                .or(() -> tasks(project, TaskState.LABELLED).stream()
                        .filter(task -> task.body().key().equals(key))
                        .findFirst())
                .orElseThrow();
    }

    static LabelledSample sample(String key, String label, float... values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return new LabelledSample(key, new Sample(List.of(values.length), list), label);
    }

    static void assertCode(Throwable failure, String code) {
        assertThat(failure).isInstanceOf(SlipwayException.class);
        assertThat(((SlipwayException) failure).code()).isEqualTo(code);
    }

    @Override
    public void close() {
        context.close();
    }
}
