package dev.slipway.api.training;

import dev.slipway.kernel.id.RunId;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * How a run that repeats another one compares with it.
 *
 * @param differences the metrics whose latest values differ, by key; without those of the machine's load
 */
@Serdeable
public record Repetition(RunId run, RunId original, RepetitionVerdict verdict, List<MetricDifference> differences) {}
