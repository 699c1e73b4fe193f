package dev.slipway.api.training;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * Things to log to a run: at most 1000 metrics, 100 params and 100 tags. A param keeps its first value; a tag takes the last.
 */
@Serdeable
public record LogBatch(List<Metric> metrics, List<Param> params, List<Param> tags) {}
