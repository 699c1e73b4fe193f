package dev.slipway.api.training;

import dev.slipway.api.Required;
import dev.slipway.kernel.id.ExperimentId;
import io.micronaut.serde.annotation.Serdeable;

/**
 * Asks for a run that somebody else carries out and logs.
 *
 * @param name for people, at most 200 characters
 */
@Serdeable
public record CreateRun(ExperimentId experiment, String name) {
    public CreateRun {
        Required.part("experiment", experiment);
    }
}
