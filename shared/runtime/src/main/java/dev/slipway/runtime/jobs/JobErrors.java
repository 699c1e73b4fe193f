package dev.slipway.runtime.jobs;

import dev.slipway.api.jobs.Failure;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.JobId;

/** The bad ends a job can come to other than by its handler. */
final class JobErrors {
    static final String DEFECT = "job.defect";

    private JobErrors() {}

    static SlipwayException cancelled(JobId job) {
        return SlipwayException.conflict("job.cancelled", "Job " + job + " was cancelled; start it again if need be.");
    }

    static SlipwayException lost(JobId job, int attempt) {
        return SlipwayException.conflict(
                "job.lost",
                "Attempt " + attempt + " of job " + job + " has lost its lease; another attempt carries on with it.");
    }

    static SlipwayException released(JobId job) {
        return SlipwayException.unavailable(
                "job.released", "The process is ending; job " + job + " will be started again.", null);
    }

    static SlipwayException interrupted(JobId job) {
        return SlipwayException.internal("job.interrupted", "Job " + job + " was interrupted; start it again.", null);
    }

    static SlipwayException exhausted(JobId job, int attempts) {
        return SlipwayException.internal(
                "job.exhausted",
                "Job " + job + " was given up: its worker died " + attempts
                        + " times. Look at the processes' logs and start it again.",
                null);
    }

    static SlipwayException unexpected(JobId job, Throwable cause) {
        return SlipwayException.internal(
                DEFECT,
                "Job " + job + " failed because of a defect ("
                        + cause.getClass().getSimpleName() + "); the process's log has the stack trace.",
                cause);
    }

    static Failure failure(SlipwayException exception) {
        return new Failure(exception.kind(), exception.code(), String.valueOf(exception.getMessage()));
    }

    static SlipwayException exception(Failure failure) {
        return new SlipwayException(failure.kind(), failure.code(), failure.message(), null);
    }

    static Failure cancelledFailure(JobId job) {
        return new Failure(ErrorKind.CONFLICT, "job.cancelled", cancelled(job).getMessage());
    }
}
