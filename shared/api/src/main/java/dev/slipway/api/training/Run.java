package dev.slipway.api.training;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ExperimentId;
import dev.slipway.kernel.id.JobId;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A training run.
 *
 * @param datasetVersion what it was trained on; null for a run that was logged from outside
 * @param job that carries it out; null for a run that was logged from outside
 * @param model the ONNX artifact it made, checked against the trained network; null until then
 * @param started UTC milliseconds
 * @param finished UTC milliseconds; null until it has ended, and after if its logger did not tell
 * @param user who carries it out, as its logger said; null when nobody did
 * @param deleted UTC milliseconds; null unless it is
 * @param repeats the run that this one was to repeat; null for any other
 */
@Serdeable
public record Run(
        ExperimentId experiment,
        String name,
        RunState state,
        @Nullable DatasetVersionId datasetVersion,
        @Nullable JobId job,
        @Nullable Digest model,
        long started,
        @Nullable Long finished,
        @Nullable String user,
        @Nullable Long deleted,
        @Nullable RunId repeats) {
    /** A running one that is logged from outside. */
    public static Run logged(ExperimentId experiment, String name, long started) {
        return new Run(experiment, name, RunState.RUNNING, null, null, null, started, null, null, null, null);
    }

    /** The same under another name. */
    public Run withName(String other) {
        return new Run(experiment, other, state, datasetVersion, job, model, started, finished, user, deleted, repeats);
    }

    /** The same in another state, ended then. */
    public Run withState(RunState other, @Nullable Long end) {
        return new Run(experiment, name, other, datasetVersion, job, model, started, end, user, deleted, repeats);
    }

    /** The same with the model it made. */
    public Run withModel(@Nullable Digest made) {
        return new Run(experiment, name, state, datasetVersion, job, made, started, finished, user, deleted, repeats);
    }

    /** The same carried out by somebody. */
    public Run withUser(@Nullable String name) {
        return new Run(
                experiment, this.name, state, datasetVersion, job, model, started, finished, name, deleted, repeats);
    }

    /** The same, deleted then; null for not deleted. */
    public Run withDeleted(@Nullable Long time) {
        return new Run(experiment, name, state, datasetVersion, job, model, started, finished, user, time, repeats);
    }
}
