package dev.slipway.training.train;

import dev.slipway.api.dataset.DatasetVersion;
import dev.slipway.api.jobs.Failure;
import dev.slipway.api.training.Run;
import dev.slipway.api.training.RunState;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Service;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.runtime.jobs.JobHandler;
import dev.slipway.training.TrainingKinds;
import dev.slipway.training.metric.RunMetrics;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out a run that is trained here, and keeps beside it what came of it and how. */
@Singleton
final class TrainHandler implements JobHandler<TrainInput> {
    private static final Logger LOG = LoggerFactory.getLogger(TrainHandler.class);

    private final DatasetReader datasets;
    private final TrainingExecutor executor;
    private final RunMetrics metrics;
    private final Entities entities;
    private final TrainedRuns runs;
    private final Provenance provenance;
    private final InstantSource clock;

    TrainHandler(
            DatasetReader datasets,
            TrainingExecutor executor,
            RunMetrics metrics,
            Entities entities,
            TrainedRuns runs,
            Provenance provenance,
            InstantSource clock) {
        this.datasets = datasets;
        this.executor = executor;
        this.metrics = metrics;
        this.entities = entities;
        this.runs = runs;
        this.provenance = provenance;
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
            tidyUp(job);
            return;
        }
        DatasetVersion version = datasets.version(input.request().datasetVersion());
        NetworkPlan plan = NetworkPlan.of(
                input.request().network(),
                version.sampleShape(),
                version.classes().size());
        runs.started(job, input.run());
        new RunLog(metrics, clock, input.run()).params(input.request());
        provenance.keep(job, input);
        TrainedModel trained = executor.train(job, new Training(input.run(), input.request(), version, plan));
        provenance.keepModel(job, input.run(), plan, version.classes(), trained.onnx());
        runs.finished(job, input.run(), trained);
        metrics.compact(input.run());
        tidyUp(job);
    }

    /** The run is finished, which is no less true when something of it can't be removed just now. */
    private void tidyUp(JobContext job) {
        try {
            executor.forget(job.id());
        } catch (SlipwayException e) {
            LOG.warn("what is left of job {} can't be removed now", job.id(), e);
        }
    }

    @Override
    public void failed(JobContext job, TrainInput input, Failure failure) {
        runs.failed(job, input.run(), failure);
        executor.forget(job.id());
    }
}
