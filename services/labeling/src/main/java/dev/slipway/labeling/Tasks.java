package dev.slipway.labeling;

import dev.slipway.api.labeling.ProjectCounts;
import dev.slipway.api.labeling.Task;
import dev.slipway.api.labeling.TaskState;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.TaskId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.IndexValue;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finds and counts tasks. */
@Singleton
final class Tasks {
    private final Entities entities;

    Tasks(Entities entities) {
        this.entities = entities;
    }

    /** Fails with {@code task.unknown}. */
    Entity<TaskId, Task> get(TaskId id) {
        return entities.get(LabelingKinds.TASK, id);
    }

    List<Entity<TaskId, Task>> getAll(List<TaskId> ids) {
        return entities.getAll(LabelingKinds.TASK, ids);
    }

    /** Unlabelled ones by falling uncertainty, then those without prediction; labelled ones by id. */
    Page<Entity<TaskId, Task>> inState(ProjectId project, TaskState state, int limit, @Nullable String cursor) {
        return entities.query(LabelingKinds.TASK, LabelingKinds.QUEUE, key(project, state), false, limit, cursor);
    }

    ProjectCounts counts(ProjectId project) {
        return new ProjectCounts(project, count(project, TaskState.UNLABELLED), count(project, TaskState.LABELLED));
    }

    long count(ProjectId project, TaskState state) {
        return entities.count(LabelingKinds.TASK, LabelingKinds.QUEUE, key(project, state));
    }

    /** The claim that makes a task's key unique within its project; hashed, since keys may hold anything. */
    static String keyClaim(ProjectId project, String key) {
        return "task-key/" + project + "/" + Digest.of(key.getBytes(StandardCharsets.UTF_8));
    }

    private static List<IndexValue> key(ProjectId project, TaskState state) {
        return List.of(IndexValue.of(project), IndexValue.of(state));
    }
}
