package dev.slipway.api.dataset;

import io.micronaut.serde.annotation.Serdeable;

/**
 * How large the parts should be; all above 0, together 1.
 */
@Serdeable
public record SplitFractions(double train, double validation, double test) {
    public static final SplitFractions DEFAULT = new SplitFractions(0.7, 0.1, 0.2);
}
