package dev.slipway.training.mlflow;

import dev.slipway.kernel.id.RunId;
import java.util.Collection;
import java.util.Map;

/** Knows the data sets and the logged models that runs used and made. */
public interface RunModels {
    /** What a run used and made. */
    record InputsAndOutputs(RunInputsMessage inputs, RunOutputsMessage outputs) {
        static final InputsAndOutputs NONE = new InputsAndOutputs(RunInputsMessage.NONE, RunOutputsMessage.NONE);
    }

    /** Those of at most 1000 runs; runs without any may be left out. */
    Map<RunId, InputsAndOutputs> of(Collection<RunId> runs);
}
