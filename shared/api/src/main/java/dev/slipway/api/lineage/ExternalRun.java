package dev.slipway.api.lineage;

import dev.slipway.kernel.id.ExternalJobId;
import dev.slipway.kernel.id.ExternalRunId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A run of another tool's job, as its OpenLineage events tell of it.
 *
 * @param run the UUID that the tool gave it
 * @param parent the run that it is a part of; null when none was told
 * @param started UTC milliseconds of the first event; null while nothing but its name is known
 * @param finished UTC milliseconds; null until it has ended
 * @param facets what the events said of it last, a JSON object as text, by the facets' names
 */
@Serdeable
public record ExternalRun(
        ExternalJobId job,
        String run,
        @Nullable ExternalRunId parent,
        ExternalRunState state,
        @Nullable Long started,
        @Nullable Long finished,
        String facets) {}
