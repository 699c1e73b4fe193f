package dev.slipway.conversion.child;

import dev.slipway.api.conversion.ParityReport;
import dev.slipway.api.jobs.Failure;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * How a job ended in a child that lives on.
 *
 * @param report the comparison on the test split; null if it did not come to that
 * @param failure why nothing was converted; null if something was
 */
@Serdeable
public record ChildOutcome(
        @Nullable ParityReport report, @Nullable Failure failure) {}
