package dev.slipway.labeling;

import dev.slipway.api.Sample;
import dev.slipway.api.labeling.Project;
import dev.slipway.api.labeling.Task;
import dev.slipway.api.labeling.TaskState;
import dev.slipway.api.registry.ModelVersion;
import dev.slipway.api.registry.RegistryApi;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.TaskId;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.runtime.jobs.JobHandler;
import dev.slipway.store.artifact.ArtifactStore;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Lets a registered model label the unlabelled tasks of a project for the time being. Run again, it goes on where it was
 * interrupted: tasks that already have this version's prediction are passed over.
 */
@Singleton
final class PreannotateHandler implements JobHandler<PreannotateInput> {
    private static final int PAGE = 100;
    private static final int MAX_MODEL_BYTES = 1 << 30;

    private final Projects projects;
    private final Tasks tasks;
    private final RegistryApi registry;
    private final ArtifactStore artifacts;
    private final PredictionWriter writer;

    PreannotateHandler(
            Projects projects, Tasks tasks, RegistryApi registry, ArtifactStore artifacts, PredictionWriter writer) {
        this.projects = projects;
        this.tasks = tasks;
        this.registry = registry;
        this.artifacts = artifacts;
        this.writer = writer;
    }

    @Override
    public Service service() {
        return Service.LABELING;
    }

    @Override
    public String kind() {
        return "preannotate";
    }

    @Override
    public Class<PreannotateInput> input() {
        return PreannotateInput.class;
    }

    @Override
    public void run(JobContext job, PreannotateInput input) throws InterruptedException {
        Project project = projects.get(input.project()).body();
        ModelVersion version = Preannotation.suitable(registry, input.modelVersion(), project);
        long all = Math.max(1, tasks.count(input.project(), TaskState.UNLABELLED));
        job.log("Asking version " + version.number() + " about " + all + " tasks of '" + project.name() + "'.");
        try (Classifier classifier = Classifier.open(
                artifacts.read(version.requireOnnx(), MAX_MODEL_BYTES), version.inputShape(), version.classes())) {
            long done = 0;
            String cursor = null;
            do {
                if (Thread.interrupted()) {
                    throw new InterruptedException("asked to stop between two pages of tasks");
                }
                // A task that gets its prediction may move behind the cursor; it is passed over when it comes again.
                Page<Entity<TaskId, Task>> page = page(input, cursor);
                List<Entity<TaskId, Task>> waiting = page.items().stream()
                        .filter(task -> !hasPrediction(task.body(), input.modelVersion()))
                        .toList();
                if (!waiting.isEmpty()) {
                    writer.write(job, input, waiting, classifier.classify(samples(waiting)));
                }
                done += waiting.size();
                job.progress(Math.min(1, (double) done / all), done + " of " + all + " tasks predicted");
                cursor = page.next().orElse(null);
            } while (cursor != null);
            job.log("Predicted " + done + " tasks.");
        }
    }

    private Page<Entity<TaskId, Task>> page(PreannotateInput input, @Nullable String cursor) {
        return tasks.inState(input.project(), TaskState.UNLABELLED, PAGE, cursor);
    }

    private static List<Sample> samples(List<Entity<TaskId, Task>> waiting) {
        return waiting.stream().map(task -> task.body().sample()).toList();
    }

    private static boolean hasPrediction(Task task, ModelVersionId version) {
        return task.prediction() != null && task.prediction().modelVersion().equals(version);
    }
}
