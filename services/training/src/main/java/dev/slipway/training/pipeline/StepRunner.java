package dev.slipway.training.pipeline;

import dev.slipway.api.training.PipelineOutputs;
import dev.slipway.api.training.PipelineStep;

/**
 * Carries out one kind of step: a call of another part's contract. It may be called again for a step whose process died, so
 * the call must do its work once for one {@link StepContext#key}.
 */
interface StepRunner<S extends PipelineStep> {
    /** Returns the inputs with what the step has made added. */
    PipelineOutputs run(S step, StepContext context, PipelineOutputs inputs) throws InterruptedException;
}
