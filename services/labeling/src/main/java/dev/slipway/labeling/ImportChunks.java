package dev.slipway.labeling;

import dev.slipway.api.LabelledSample;
import dev.slipway.api.labeling.Annotation;
import dev.slipway.api.labeling.ImportSummary;
import dev.slipway.api.labeling.Task;
import dev.slipway.api.labeling.TaskState;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.AnnotationId;
import dev.slipway.kernel.id.ProjectId;
import dev.slipway.kernel.id.TaskId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes some checked lines of an import, of different keys, in one batch. */
@Singleton
final class ImportChunks {
    private final Entities entities;
    private final Annotations annotations;

    ImportChunks(Entities entities, Annotations annotations) {
        this.entities = entities;
        this.annotations = annotations;
    }

    ImportSummary write(ProjectId project, Digest file, List<LabelledSample> lines) {
        return Retries.onConflict(() -> writeOnce(project, file, lines));
    }

    private ImportSummary writeOnce(ProjectId project, Digest file, List<LabelledSample> lines) {
        Map<String, Entity<TaskId, Task>> known = known(project, lines);
        Change change = entities.change();
        int added = 0;
        int labelled = 0;
        int accepted = 0;
        for (LabelledSample line : lines) {
            Entity<TaskId, Task> task = known.get(line.key());
            if (task == null) {
                add(change, project, line);
                added++;
                labelled += line.label() == null ? 0 : 1;
            } else if (bringsNewLabel(line, task)) {
                annotations.accept(change, task, line.label());
                accepted++;
                labelled++;
            } else {
                labelled += task.body().state() == TaskState.LABELLED ? 1 : 0;
            }
        }
        if (added + accepted > 0) {
            change.event(
                    "project.imported",
                    EntityRef.of(EntityType.PROJECT, project),
                    Map.of(
                            "file", file.hex(),
                            "added", Integer.toString(added),
                            "accepted", Integer.toString(accepted)));
            change.commit();
        }
        return new ImportSummary(added, lines.size() - added, labelled);
    }

    private void add(Change change, ProjectId project, LabelledSample line) {
        TaskId id = entities.newId(TaskId::new);
        TaskState state = line.label() == null ? TaskState.UNLABELLED : TaskState.LABELLED;
        change.create(LabelingKinds.TASK, id, new Task(project, line.key(), line.sample(), state, line.label(), null));
        change.take(Tasks.keyClaim(project, line.key()), id);
        if (line.label() != null) {
            change.create(
                    LabelingKinds.ANNOTATION,
                    entities.newId(AnnotationId::new),
                    new Annotation(id, line.label(), change.caller().subject(), true));
        }
    }

    /** A label that somebody gave the task before, and that was replaced since, is not new: the replacement stays. */
    private boolean bringsNewLabel(LabelledSample line, Entity<TaskId, Task> task) {
        return line.label() != null
                && !line.label().equals(task.body().label())
                && annotations.of(task.id()).stream()
                        .noneMatch(annotation -> annotation.body().label().equals(line.label()));
    }

    private Map<String, Entity<TaskId, Task>> known(ProjectId project, List<LabelledSample> lines) {
        Map<String, TaskId> ids = new HashMap<>();
        for (LabelledSample line : lines) {
            Optional<String> id = entities.claim(Tasks.keyClaim(project, line.key()));
            id.ifPresent(value -> ids.put(line.key(), new TaskId(value)));
        }
        return entities.getAll(LabelingKinds.TASK, ids.values()).stream()
                .collect(Collectors.toMap(task -> task.body().key(), Function.identity()));
    }
}
