package dev.slipway.api.training;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * A pipeline: steps that are carried out one after the other.
 *
 * @param name unique in the workspace
 * @param steps 1 to 100
 */
@Serdeable
public record Pipeline(String name, List<PipelineStep> steps) {}
