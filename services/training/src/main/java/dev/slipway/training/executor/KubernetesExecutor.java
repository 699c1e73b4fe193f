package dev.slipway.training.executor;

import dev.slipway.api.tokens.NewToken;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.TokenId;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.jobs.JobContext;
import dev.slipway.training.train.RunFiles;
import dev.slipway.training.train.TrainedModel;
import dev.slipway.training.train.Training;
import dev.slipway.training.train.TrainingExecutor;
import dev.slipway.training.train.WorkerSettings;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains in Jobs of Kubernetes. A Job's name follows from the job's id, so whoever carries the job on finds it, and none is
 * made twice. It is removed by {@link #forget}, once the job has ended; should that never come, by its own deadline.
 */
@Singleton
final class KubernetesExecutor implements TrainingExecutor {
    private final Cluster cluster;
    private final KubernetesSettings settings;
    private final PodTemplate template;
    private final WorkerTokens tokens;
    private final JobFollower follower;
    private final RunProgress progress;
    private final RunFiles files;
    private final Callers callers;

    KubernetesExecutor(
            Cluster cluster,
            KubernetesSettings settings,
            PodTemplate template,
            WorkerTokens tokens,
            JobFollower follower,
            RunProgress progress,
            RunFiles files,
            Callers callers) {
        this.cluster = cluster;
        this.settings = settings;
        this.template = template;
        this.tokens = tokens;
        this.follower = follower;
        this.progress = progress;
        this.files = files;
        this.callers = callers;
    }

    @Override
    public TrainedModel train(JobContext job, Training training) throws InterruptedException {
        // Before anything is started: a model could not be handed over.
        files.folder(training.run());
        TokenId token = begin(job, training);
        try {
            follower.follow(job, training);
        } catch (SlipwayException e) {
            if (e.code().equals(JobFollower.REMOVED)) {
                // Nobody will find it on the Job any more.
                tokens.revoke(token);
            }
            if (e.kind() == ErrorKind.INVALID) {
                keepLog(job);
            }
            throw e;
        }
        keepLog(job);
        return progress.model(training);
    }

    /** Makes the Job, or finds it, and tells the token that its worker reports by. */
    private TokenId begin(JobContext job, Training training) throws InterruptedException {
        String name = TrainingJob.name(job.id());
        Optional<Job> left = cluster.job(name);
        if (left.isPresent() && cluster.exists(TrainingJob.secret(left.get(), ""))) {
            job.log("goes on with Job " + name);
            return token(left.get())
                    .orElseThrow(() -> SlipwayException.conflict(
                            "training.job-foreign", "Job " + name + " is none of Slipway's; remove or rename it."));
        }
        if (left.isPresent()) {
            // The process died between the two, so no pod of that Job has started.
            forget(job.id());
            throw SlipwayException.unavailable(
                    "training.job-half-made", "Job " + name + " was half made; it is made again.", null);
        }
        NewToken token = tokens.make(job.id());
        WorkerSettings worker = new WorkerSettings(
                URI.create(settings.address()),
                Optional.of(token.secret()),
                training.run(),
                callers.workspace().name());
        try {
            Job made = cluster.create(
                            TrainingJob.job(job.id(), worker, token.id().value(), settings, template.spec()))
                    .orElseThrow(() -> SlipwayException.unavailable(
                            "training.job-raced", "Another process makes Job " + name + " just now.", null));
            cluster.create(TrainingJob.secret(made, token.secret()));
        } catch (SlipwayException | InterruptedException e) {
            tokens.revoke(token.id());
            throw e;
        }
        job.log("made Job " + name + " in namespace " + cluster.namespace());
        return token.id();
    }

    /** What the worker wrote last. Its loss is no reason to fail. */
    private void keepLog(JobContext job) throws InterruptedException {
        try {
            List<Pod> pods = cluster.pods(TrainingJob.NAME_LABEL, TrainingJob.name(job.id()));
            for (Pod pod : pods) {
                cluster.log(pod.getMetadata().getName()).forEach(line -> job.log("worker: " + line));
            }
        } catch (SlipwayException e) {
            job.log("the worker's log can't be read: " + e.getMessage());
        }
    }

    @Override
    public void forget(JobId id) {
        String name = TrainingJob.name(id);
        try {
            Optional<Job> job = cluster.job(name);
            if (job.isPresent()) {
                // First, so that a worker that takes its time to end can report no more.
                token(job.get()).ifPresent(tokens::revoke);
                cluster.delete(name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SlipwayException.unavailable("training.interrupted", "Job " + name + " could not be removed.", e);
        }
    }

    private static Optional<TokenId> token(Job job) {
        return Optional.ofNullable(job.getMetadata().getAnnotations())
                .map((Map<String, String> annotations) -> annotations.get(TrainingJob.TOKEN_ANNOTATION))
                .map(TokenId::new);
    }
}
