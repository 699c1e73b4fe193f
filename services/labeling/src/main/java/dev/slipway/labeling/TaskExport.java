package dev.slipway.labeling;

import dev.slipway.api.LabelledSample;
import dev.slipway.api.SampleFile;
import dev.slipway.api.labeling.Project;
import dev.slipway.api.labeling.Task;
import dev.slipway.api.labeling.TaskState;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.TaskId;
import dev.slipway.runtime.samples.SampleFiles;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes the labelled tasks of a project to a file, one page of them in memory at a time. */
@Singleton
final class TaskExport {
    private static final int PAGE = 100;

    private final Tasks tasks;
    private final SampleFiles files;

    TaskExport(Tasks tasks, SampleFiles files) {
        this.tasks = tasks;
        this.files = files;
    }

    SampleFile run(Entity<ProjectId, Project> project) {
        Stream<Optional<Page<Entity<TaskId, Task>>>> pages = Stream.iterate(
                Optional.of(page(project.id(), null)), Optional::isPresent, page -> page.flatMap(Page::next)
                        .map(cursor -> page(project.id(), cursor)));
        return files.write(pages.flatMap(page -> lines(page.orElseThrow())).iterator());
    }

    private Page<Entity<TaskId, Task>> page(ProjectId project, String cursor) {
        return tasks.inState(project, TaskState.LABELLED, PAGE, cursor);
    }

    private static Stream<LabelledSample> lines(Page<Entity<TaskId, Task>> page) {
        List<Entity<TaskId, Task>> items = page.items();
        return items.stream()
                .map(Entity::body)
                .map(task -> new LabelledSample(task.key(), task.sample(), task.label()));
    }
}
