package dev.slipway.training.train;

import ai.djl.engine.Engine;
import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.jobs.Failure;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunState;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.runtime.jobs.JobHandler;
import dev.slipway.training.TrainingKinds;
import dev.slipway.training.host.SystemMonitor;
import dev.slipway.training.metric.RunMetrics;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Carries out a run that is trained here, and keeps beside it what came of it and how. */
@Singleton
final class TrainHandler implements JobHandler<TrainInput> {
    private final DatasetReader datasets;
    private final NetworkTraining training;
    private final RunMetrics metrics;
    private final Entities entities;
    private final TrainedRuns runs;
    private final PyTorch pyTorch;
    private final Provenance provenance;
    private final SystemMonitor monitor;
    private final InstantSource clock;

    TrainHandler(
            DatasetReader datasets,
            NetworkTraining training,
            RunMetrics metrics,
            Entities entities,
            TrainedRuns runs,
            PyTorch pyTorch,
            Provenance provenance,
            SystemMonitor monitor,
            InstantSource clock) {
        this.datasets = datasets;
        this.training = training;
        this.metrics = metrics;
        this.entities = entities;
        this.runs = runs;
        this.pyTorch = pyTorch;
        this.provenance = provenance;
        this.monitor = monitor;
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
        Engine engine = pyTorch.engine();
        provenance.keep(job, input, engine);

        TrainedModel trained = monitor.during(
                input.run(),
                () -> training.train(
                        job, log, engine, version, plan, input.request().hyperparameters()));
        provenance.keepModel(job, input.run(), plan, version.classes(), trained.onnx());
        log.test(trained.testAccuracy(), trained.epoch());
        runs.finished(job, input.run(), trained);
        metrics.compact(input.run());
    }

    @Override
    public void failed(JobContext job, TrainInput input, Failure failure) {
        runs.failed(job, input.run(), failure);
    }
}
