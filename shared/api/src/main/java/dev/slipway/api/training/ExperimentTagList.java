package dev.slipway.api.training;

import dev.slipway.kernel.id.ExperimentId;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** The tags of an experiment, by key. */
@Serdeable
public record ExperimentTagList(ExperimentId experiment, List<Param> tags) {}
