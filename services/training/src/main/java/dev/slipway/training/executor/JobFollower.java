package dev.slipway.training.executor;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.runtime.Outage;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.training.train.Training;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a Job to its end by looking at it again and again: with the few Jobs that run at once that costs the API server
 * next to nothing, and nothing can be missed, whatever goes wrong in between.
 */
@Singleton
final class JobFollower {
    private static final Logger LOG = LoggerFactory.getLogger(JobFollower.class);

    /** Says that somebody else has removed the Job. */
    static final String REMOVED = "training.job-removed";

    /** What Kubernetes may take to notice that the time is up. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final Cluster cluster;
    private final KubernetesSettings settings;
    private final RunProgress progress;

    JobFollower(Cluster cluster, KubernetesSettings settings, RunProgress progress) {
        this.cluster = cluster;
        this.settings = settings;
        this.progress = progress;
    }

    /** Returns when the Job is complete; otherwise tells why it is not. Ends early when the job shall stop. */
    void follow(JobContext job, Training training) throws InterruptedException {
        String name = TrainingJob.name(job.id());
        Outage outage = new Outage(LOG, "Job " + name + " can't be seen");
        Duration patience = settings.timeout().plus(settings.startTimeout()).plus(GRACE);
        long began = System.nanoTime();
        boolean started = false;
        while (true) {
            try {
                if (complete(name)) {
                    return;
                }
                started = started || started(job, name, began);
                outage.over();
            } catch (SlipwayException e) {
                // The Job goes on without the API server, and so do we.
                if (!e.code().equals(ClusterErrors.UNREACHABLE) || since(began).compareTo(patience) > 0) {
                    throw e;
                }
                outage.failed(e);
            }
            if (started) {
                progress.tell(job, training);
            }
            TimeUnit.NANOSECONDS.sleep(settings.poll().toNanos());
        }
    }

    private boolean complete(String name) throws InterruptedException {
        Job job = cluster.job(name).orElseThrow(() -> removed(name));
        if (job.getStatus() == null) {
            return false;
        }
        for (JobCondition condition : job.getStatus().getConditions()) {
            if ("True".equals(condition.getStatus()) && "Failed".equals(condition.getType())) {
                throw "DeadlineExceeded".equals(condition.getReason())
                        ? timedOut(name)
                        : report(name).failure();
            }
            if ("True".equals(condition.getStatus()) && "Complete".equals(condition.getType())) {
                return true;
            }
        }
        return false;
    }

    private boolean started(JobContext job, String name, long began) throws InterruptedException {
        PodReport report = report(name);
        if (report.started()) {
            return true;
        }
        if (since(began).compareTo(settings.startTimeout()) > 0) {
            throw SlipwayException.invalid(
                    "training.not-started",
                    "The training's Job " + name + " did not start within "
                            + settings.startTimeout().toSeconds() + " s: " + report.obstacle() + ".");
        }
        job.progress(0, "waiting to start: " + report.obstacle());
        return false;
    }

    private PodReport report(String name) throws InterruptedException {
        return new PodReport(name, cluster.pods(TrainingJob.NAME_LABEL, name));
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private SlipwayException timedOut(String name) {
        return SlipwayException.invalid(
                "training.timeout",
                "The training's Job " + name + " did not end within "
                        + settings.timeout().toSeconds()
                        + " s; raise slipway.training.kubernetes.timeout, or ask for less.");
    }

    private SlipwayException removed(String name) {
        return SlipwayException.conflict(
                REMOVED,
                "The training's Job " + name + " is gone before its end: somebody else removed it from namespace "
                        + cluster.namespace() + ".");
    }
}
