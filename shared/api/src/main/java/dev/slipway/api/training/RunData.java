package dev.slipway.api.training;

import dev.slipway.kernel.id.RunId;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * What was logged to a run.
 *
 * @param metrics the latest value of each metric: that of the greatest (step, timestamp, value)
 */
@Serdeable
public record RunData(RunId run, List<Param> params, List<Param> tags, List<Metric> metrics) {}
