package dev.slipway.runtime.jobs;

import dev.slipway.api.jobs.Job;
import dev.slipway.api.jobs.JobState;
import dev.slipway.kernel.id.JobId;
import dev.slipway.store.graph.ClaimChange;

/**
 * The claim {@code job-attempt/<id>} that fences a job's attempts off from each other. Its value names the attempt and
 * where it stands, so that it changes with every step and an effect of an attempt that is over is refused:
 * {@code after-0} when queued, {@code 1} while attempt 1 runs, {@code after-1} when it was given back, {@code ended-1}
 * when it has come to a bad end that its handler does not know of yet. A job that is over and done with has no claim.
 */
final class Fence {
    private Fence() {}

    static String claim(JobId job) {
        return "job-attempt/" + job;
    }

    static ClaimChange enqueue(JobId job) {
        return new ClaimChange.Take(claim(job), queued(0));
    }

    static ClaimChange start(JobId job, Job before) {
        return new ClaimChange.Move(claim(job), queued(before.attempt()), running(before.attempt() + 1));
    }

    static ClaimChange giveBack(JobId job, int attempt) {
        return new ClaimChange.Move(claim(job), running(attempt), queued(attempt));
    }

    static ClaimChange succeed(JobId job, int attempt) {
        return new ClaimChange.Release(claim(job), running(attempt));
    }

    /** The end of a job that failed or was cancelled, from whichever state it was in. */
    static ClaimChange end(JobId job, Job before) {
        String from = before.state() == JobState.QUEUED ? queued(before.attempt()) : running(before.attempt());
        return new ClaimChange.Move(claim(job), from, ended(before.attempt()));
    }

    static ClaimChange forget(JobId job, int attempt) {
        return new ClaimChange.Release(claim(job), ended(attempt));
    }

    static ClaimChange whileRunning(JobId job, int attempt) {
        return new ClaimChange.Require(claim(job), running(attempt));
    }

    static ClaimChange whileEnded(JobId job, int attempt) {
        return new ClaimChange.Require(claim(job), ended(attempt));
    }

    static String ended(int attempt) {
        return "ended-" + attempt;
    }

    private static String queued(int attempt) {
        return "after-" + attempt;
    }

    private static String running(int attempt) {
        return Integer.toString(attempt);
    }
}
