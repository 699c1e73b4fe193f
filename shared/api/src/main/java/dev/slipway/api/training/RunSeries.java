package dev.slipway.api.training;

import dev.slipway.kernel.id.RunId;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** The series of a run, one for each key asked for. */
@Serdeable
public record RunSeries(RunId run, List<ReducedSeries> series) {}
