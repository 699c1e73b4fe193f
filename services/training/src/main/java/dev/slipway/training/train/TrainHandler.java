package dev.slipway.training.train;

import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.dataset.SplitName;
import dev.slipway.api.jobs.Failure;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunState;
import dev.slipway.kernel.Digest;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.runtime.jobs.JobHandler;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.training.TrainingKinds;
import dev.slipway.training.metric.RunMetrics;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Locale;

/** Trains a network on a dataset version, checks the exported model, and stores it. */
@Singleton
final class TrainHandler implements JobHandler<TrainInput> {
    /** What is left for the export once all epochs are done. */
    private static final double TRAINING_SHARE = 0.95;

    private final DatasetReader datasets;
    private final ArtifactStore artifacts;
    private final RunMetrics metrics;
    private final Entities entities;
    private final TrainedRuns runs;
    private final PyTorch pyTorch;
    private final InstantSource clock;

    TrainHandler(
            DatasetReader datasets,
            ArtifactStore artifacts,
            RunMetrics metrics,
            Entities entities,
            TrainedRuns runs,
            PyTorch pyTorch,
            InstantSource clock) {
        this.datasets = datasets;
        this.artifacts = artifacts;
        this.metrics = metrics;
        this.entities = entities;
        this.runs = runs;
        this.pyTorch = pyTorch;
        this.clock = clock;
    }

    @Override
    public Service service() {
        return Service.TRAINING;
    }

    @Override
    public String kind() {
        return "train";
    }

    @Override
    public Class<TrainInput> input() {
        return TrainInput.class;
    }

    @Override
    public void run(JobContext job, TrainInput input) throws InterruptedException {
        Entity<RunId, Run> run = entities.get(TrainingKinds.RUN, input.run());
        if (run.body().state() == RunState.FINISHED) {
            // The process died after the run was finished and before the job was.
            return;
        }
        DatasetVersion version = datasets.version(input.request().datasetVersion());
        NetworkPlan plan = NetworkPlan.of(
                input.request().network(),
                version.sampleShape(),
                version.classes().size());
        runs.started(job, input.run());
        RunLog log = new RunLog(metrics, clock, input.run());
        log.params(input.request());

        Normalisation normalisation = Normalisation.of(version.statistics());
        LabelledTensor validation = datasets.split(version, SplitName.VALIDATION);
        TrainedNetwork trained = new Trainer(
                        pyTorch.engine(), plan, input.request().hyperparameters())
                .train(
                        datasets.split(version, SplitName.TRAIN).normalised(normalisation),
                        validation.normalised(normalisation),
                        watcher(job, log));
        if (!Double.isFinite(trained.best().validationLoss())) {
            throw SlipwayException.invalid(
                    "training.diverged",
                    "The network's weights grew without bound, as its loss is no number; lower the learning rate of "
                            + input.request().hyperparameters().learningRate() + ".");
        }

        job.progress(TRAINING_SHARE, "checking the exported model");
        byte[] onnx = OnnxExport.write(plan, normalisation, trained.weights());
        Score tested;
        try (ExportCheck check = new ExportCheck(onnx)) {
            float difference = check.compare(validation.samples(), trained.validationProbabilities());
            tested = check.score(datasets.split(version, SplitName.TEST));
            job.log(String.format(
                    Locale.ROOT,
                    "ONNX model of %d bytes, within %.1e of the trained network; test accuracy %.4f",
                    onnx.length,
                    difference,
                    tested.accuracy()));
        }
        Digest model = artifacts.put(onnx).digest();
        log.test(tested.accuracy(), trained.best().epoch());
        runs.finished(job, input.run(), model, tested.accuracy(), trained.best().epoch());
        metrics.compact(input.run());
    }

    private static TrainingWatcher watcher(JobContext job, RunLog log) {
        return new TrainingWatcher() {
            @Override
            public void advanced(double fraction, String message) {
                job.progress(fraction * TRAINING_SHARE, message);
            }

            @Override
            public void finished(EpochResult epoch) {
                log.epoch(epoch);
                job.log(String.format(
                        Locale.ROOT,
                        "epoch %d: train loss %.4f accuracy %.4f, validation loss %.4f accuracy %.4f",
                        epoch.epoch(),
                        epoch.trainLoss(),
                        epoch.trainAccuracy(),
                        epoch.validationLoss(),
                        epoch.validationAccuracy()));
            }
        };
    }

    @Override
    public void failed(JobContext job, TrainInput input, Failure failure) {
        runs.failed(job, input.run(), failure);
    }
}
