package dev.slipway.api.labeling;

import dev.slipway.kernel.id.ProjectId;
import io.micronaut.serde.annotation.Serdeable;

/**
 * How many tasks a project has, by state.
 */
@Serdeable
public record ProjectCounts(ProjectId project, long unlabelled, long labelled) {}
