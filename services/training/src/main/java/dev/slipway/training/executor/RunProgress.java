package dev.slipway.training.executor;

import dev.slipway.api.training.ArtifactInfo;
import dev.slipway.api.training.Metric;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import dev.slipway.mlflow.ArtifactPath;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.store.artifact.Artifact;
import dev.slipway.training.artifact.ArtifactTree;
import dev.slipway.training.run.LoggedData;
import dev.slipway.training.train.RunFiles;
import dev.slipway.training.train.TrainedModel;
import dev.slipway.training.train.Training;
import dev.slipway.training.train.WorkerReport;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Reads from a run what its worker has reported. */
@Singleton
final class RunProgress {
    private final LoggedData logged;
    private final RunFiles files;
    private final ArtifactTree tree;

    RunProgress(LoggedData logged, RunFiles files, ArtifactTree tree) {
        this.logged = logged;
        this.files = files;
        this.tree = tree;
    }

    /** Tells the job how many epochs are done. */
    void tell(JobContext job, Training training) {
        int epochs = training.request().hyperparameters().epochs();
        long done = metric(training.run(), WorkerReport.EACH_EPOCH)
                .map(Metric::step)
                .orElse(0L);
        double fraction = Math.max(0, Math.min(1, (double) done / epochs)) * WorkerReport.EPOCHS_SHARE;
        job.progress(fraction, done + " of " + epochs + " epochs");
    }

    /** Fails with {@code training.no-model} when there is none. */
    TrainedModel model(Training training) {
        ArtifactPath path = files.folder(training.run()).resolve(ArtifactPath.of(WorkerReport.MODEL));
        Optional<ArtifactInfo> model = tree.find(path).filter(file -> file.artifact() != null);
        Optional<Metric> accuracy = metric(training.run(), WorkerReport.ACCURACY);
        if (model.isEmpty() || accuracy.isEmpty()) {
            throw SlipwayException.invalid(
                    "training.no-model",
                    "The worker ended well, but left no model with run " + training.run()
                            + ": look whether its image is Slipway's, of this version.");
        }
        return new TrainedModel(
                new Artifact(model.get().artifact(), model.get().size()),
                accuracy.get().value(),
                Math.toIntExact(accuracy.get().step()));
    }

    private Optional<Metric> metric(RunId run, String key) {
        return logged.of(List.of(run)).stream()
                .flatMap(data -> data.metrics().stream())
                .filter(metric -> metric.key().equals(key))
                .findFirst();
    }
}
