package dev.slipway.training.metric;

import dev.slipway.api.training.LogBatch;
import dev.slipway.kernel.id.RunId;

/** Where things are logged to runs: the stores of this process, or a server. */
@FunctionalInterface
public interface RunLogging {
    /** When it has returned, everything of the batch survives the death of the process; repeating it is harmless. */
    void log(RunId run, LogBatch batch);
}
