package dev.slipway.labeling;

import dev.slipway.api.labeling.Annotation;
import dev.slipway.api.labeling.Project;
import dev.slipway.api.labeling.Task;
import dev.slipway.api.labeling.TaskState;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.AnnotationId;
import dev.slipway.kernel.id.TaskId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import dev.slipway.store.graph.IndexValue;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answers to tasks. The task's revision guards them: it changes whenever one of its annotations does. */
@Singleton
final class Annotations {
    /** A task has no more annotations; all of them are given in one answer. */
    private static final int MAX_PER_TASK = Page.MAX_LIMIT;

    private final Entities entities;

    Annotations(Entities entities) {
        this.entities = entities;
    }

    /** Accepts a label in the caller's name; saying again what the same caller said last changes nothing. */
    Entity<TaskId, Task> annotate(TaskId id, @Nullable String label) {
        return Retries.onConflict(() -> annotateOnce(id, label));
    }

    private Entity<TaskId, Task> annotateOnce(TaskId id, @Nullable String label) {
        Entity<TaskId, Task> task = entities.get(LabelingKinds.TASK, id);
        Project project =
                entities.get(LabelingKinds.PROJECT, task.body().project()).body();
        Labels.of(project).check("The annotation of task " + id, label);
        Change change = entities.change();
        Optional<Annotation> before = accepted(id).map(Entity::body);
        if (before.isPresent()
                && before.get().label().equals(label)
                && before.get().author().equals(change.caller().subject())) {
            return task;
        }
        Entity<TaskId, Task> labelled = accept(change, task, label);
        change.event(
                "task.annotated",
                EntityRef.of(EntityType.TASK, id),
                Map.of("project", task.body().project().value(), "label", label));
        change.commit();
        return labelled;
    }

    /** Puts a new accepted annotation into the change, with the task it labels and the annotation it takes the place of. */
    Entity<TaskId, Task> accept(Change change, Entity<TaskId, Task> task, String label) {
        if (entities.count(LabelingKinds.ANNOTATION, LabelingKinds.BY_TASK, List.of(IndexValue.of(task.id())))
                >= MAX_PER_TASK) {
            throw SlipwayException.tooLarge(
                    "labeling.too-many-annotations",
                    "Task " + task.id() + " has " + MAX_PER_TASK + " annotations already, and can't take more.");
        }
        accepted(task.id())
                .ifPresent(before -> change.update(
                        LabelingKinds.ANNOTATION,
                        before.with(body -> new Annotation(body.task(), body.label(), body.author(), false))));
        change.create(
                LabelingKinds.ANNOTATION,
                entities.newId(AnnotationId::new),
                new Annotation(task.id(), label, change.caller().subject(), true));
        return change.update(LabelingKinds.TASK, task.with(body -> labelled(body, label)));
    }

    /** Oldest first. */
    List<Entity<AnnotationId, Annotation>> of(TaskId task) {
        return entities.query(
                        LabelingKinds.ANNOTATION,
                        LabelingKinds.BY_TASK,
                        List.of(IndexValue.of(task)),
                        false,
                        MAX_PER_TASK,
                        null)
                .items();
    }

    private Optional<Entity<AnnotationId, Annotation>> accepted(TaskId task) {
        return entities
                .query(LabelingKinds.ANNOTATION, LabelingKinds.ACCEPTED, List.of(IndexValue.of(task)), false, 1, null)
                .items()
                .stream()
                .findFirst();
    }

    private static Task labelled(Task task, String label) {
        return new Task(task.project(), task.key(), task.sample(), TaskState.LABELLED, label, task.prediction());
    }
}
