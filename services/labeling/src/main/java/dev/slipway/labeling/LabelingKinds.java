package dev.slipway.labeling;

import dev.slipway.api.labeling.Annotation;
import dev.slipway.api.labeling.Project;
import dev.slipway.api.labeling.Task;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.AnnotationId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.TaskId;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import java.util.List;

/** The types of entities that this service owns, with their indexes. */
public final class LabelingKinds {
    /** All projects by the time of their making. */
    static final String ALL = "all";

    /** A project's tasks by state, in the order a labeller should take them. */
    static final String QUEUE = "queue";

    /** A task's annotations, oldest first. */
    static final String BY_TASK = "task";

    /** A task's accepted annotation. */
    static final String ACCEPTED = "accepted";

    static final EntityKind<ProjectId, Project> PROJECT = EntityKind.of(
                    EntityType.PROJECT, ProjectId::new, Project.class)
            .index(entry -> List.of(IndexEntry.of(ALL, IndexValue.of(entry.created()))));

    static final EntityKind<TaskId, Task> TASK = EntityKind.of(EntityType.TASK, TaskId::new, Task.class)
            .index(entry -> List.of(IndexEntry.of(
                    QUEUE,
                    IndexValue.of(entry.body().project()),
                    IndexValue.of(entry.body().state()),
                    IndexValue.of(turn(entry.body())))));

    static final EntityKind<AnnotationId, Annotation> ANNOTATION = EntityKind.of(
                    EntityType.ANNOTATION, AnnotationId::new, Annotation.class)
            .index(entry ->
                    List.of(IndexEntry.of(BY_TASK, IndexValue.of(entry.body().task()))))
            .index(entry -> entry.body().accepted()
                    ? List.of(IndexEntry.of(ACCEPTED, IndexValue.of(entry.body().task())))
                    : List.of());

    /** All of them, for checks of what is stored. */
    public static final List<EntityKind<?, ?>> KINDS = List.of(PROJECT, TASK, ANNOTATION);

    private LabelingKinds() {}

    /** The smaller, the earlier; labelled tasks all have the same turn and so stand in the order of their ids. */
    private static double turn(Task task) {
        return switch (task.state()) {
            case LABELLED -> 0;
            case UNLABELLED ->
                task.prediction() == null
                        ? Double.POSITIVE_INFINITY
                        : -task.prediction().uncertainty();
        };
    }
}
