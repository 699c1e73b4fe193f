package dev.slipway.training.train;

import ai.djl.engine.Engine;
import dev.slipway.kernel.id.JobId;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.training.host.SystemMonitor;
import dev.slipway.training.metric.RunMetrics;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Trains in this process. */
@Singleton
public final class LocalExecutor implements TrainingExecutor {
    private final DatasetReader datasets;
    private final NetworkTraining training;
    private final ArtifactStore artifacts;
    private final RunMetrics metrics;
    private final PyTorch pyTorch;
    private final Provenance provenance;
    private final SystemMonitor monitor;
    private final InstantSource clock;

    LocalExecutor(
            DatasetReader datasets,
            NetworkTraining training,
            ArtifactStore artifacts,
            RunMetrics metrics,
            PyTorch pyTorch,
            Provenance provenance,
            SystemMonitor monitor,
            InstantSource clock) {
        this.datasets = datasets;
        this.training = training;
        this.artifacts = artifacts;
        this.metrics = metrics;
        this.pyTorch = pyTorch;
        this.provenance = provenance;
        this.monitor = monitor;
        this.clock = clock;
    }

    @Override
    public TrainedModel train(JobContext job, Training work) throws InterruptedException {
        Engine engine = pyTorch.engine();
        provenance.keepEnvironment(job, work.run(), engine);
        RunLog log = new RunLog(metrics, clock, work.run());
        CheckedModel model = monitor.during(
                work.run(),
                () -> training.train(
                        engine,
                        datasets.data(work.version()),
                        work.plan(),
                        work.request().hyperparameters(),
                        report(job, log)));
        log.test(model.testAccuracy(), model.epoch());
        return new TrainedModel(artifacts.put(model.onnx()), model.testAccuracy(), model.epoch());
    }

    private static TrainingReport report(JobContext job, RunLog log) {
        return new TrainingReport() {
            @Override
            public void progress(double fraction, String message) {
                job.progress(fraction, message);
            }

            @Override
            public void epoch(EpochResult result) {
                log.epoch(result);
            }

            @Override
            public void log(String line) {
                job.log(line);
            }
        };
    }

    @Override
    public void forget(JobId job) {
        // What ran in this process has ended with its thread.
    }
}
