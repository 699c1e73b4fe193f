package dev.slipway.training.pipeline;

import dev.slipway.api.training.PipelineRun;
import dev.slipway.api.training.StepState;

/** How far a pipeline run has come. */
final class Progress {
    private Progress() {}

    /** The index of the first step that has not succeeded; the number of steps when all have. */
    static int next(PipelineRun run) {
        int index = 0;
        while (index < run.steps().size() && run.steps().get(index).state() == StepState.SUCCEEDED) {
            index++;
        }
        return index;
    }
}
