package dev.slipway.labeling;

import dev.slipway.api.labeling.Prediction;
import dev.slipway.api.labeling.Task;
import dev.slipway.api.labeling.TaskState;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.TaskId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import dev.slipway.runtime.jobs.JobContext;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a model's predictions to tasks in one fenced batch. */
@Singleton
final class PredictionWriter {
    private final Entities entities;

    PredictionWriter(Entities entities) {
        this.entities = entities;
    }

    /** Tasks that were labelled meanwhile keep the label and get no prediction. */
    void write(
            JobContext job, PreannotateInput input, List<Entity<TaskId, Task>> tasks, List<Classifier.Answer> answers) {
        Map<TaskId, Prediction> predictions = new HashMap<>();
        for (int i = 0; i < tasks.size(); i++) {
            Classifier.Answer answer = answers.get(i);
            predictions.put(
                    tasks.get(i).id(),
                    new Prediction(input.modelVersion(), answer.label(), answer.probability(), answer.uncertainty()));
        }
        int written = Retries.onConflict(() -> writeOnce(job, input, predictions));
        job.log("Wrote " + written + " predictions.");
    }

    private int writeOnce(JobContext job, PreannotateInput input, Map<TaskId, Prediction> predictions) {
        List<Entity<TaskId, Task>> unlabelled = entities.getAll(LabelingKinds.TASK, predictions.keySet()).stream()
                .filter(task -> task.body().state() == TaskState.UNLABELLED)
                .toList();
        if (unlabelled.isEmpty()) {
            return 0;
        }
        Change change = job.fence(entities.change());
        for (Entity<TaskId, Task> task : unlabelled) {
            change.update(LabelingKinds.TASK, task.with(body -> predicted(body, predictions.get(task.id()))));
        }
        change.event(
                "project.predicted",
                EntityRef.of(EntityType.PROJECT, input.project()),
                Map.of(
                        "modelVersion", input.modelVersion().value(),
                        "tasks", Integer.toString(unlabelled.size())));
        change.commit();
        return unlabelled.size();
    }

    private static Task predicted(Task task, Prediction prediction) {
        return new Task(task.project(), task.key(), task.sample(), task.state(), task.label(), prediction);
    }
}
