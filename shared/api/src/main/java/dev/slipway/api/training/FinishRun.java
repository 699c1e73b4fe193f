package dev.slipway.api.training;

import dev.slipway.api.Required;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Says that a run logged from outside is over.
 *
 * @param state FINISHED, FAILED or KILLED
 */
@Serdeable
public record FinishRun(RunState state) {
    public FinishRun {
        Required.part("state", state);
    }
}
