package dev.slipway.api.training;

import dev.slipway.api.Required;
import io.micronaut.serde.annotation.Serdeable;

/**
 * What runs stand in the order of; those without the value come last either way, NaN after all other numbers.
 *
 * @param source anything but a data set
 * @param key of a metric, param or tag, or the name of an attribute, {@code run_id} among them
 */
@Serdeable
public record RunOrder(RunSource source, String key, boolean descending) {
    public RunOrder {
        Required.part("source", source);
        Required.part("key", key);
    }
}
