package dev.slipway.training.loggeddataset;

import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ExperimentId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * A data set that runs of an experiment said they had read, unique by name and digest.
 *
 * @param digest as its logger made it, not necessarily one of ours
 * @param version of a data set of ours that it is; null when it is none
 * @param contexts what runs used it for; empty text when one did not tell
 */
@Serdeable
public record LoggedDataset(
        ExperimentId experiment,
        String name,
        String digest,
        String sourceType,
        String source,
        @Nullable String schema,
        @Nullable String profile,
        @Nullable DatasetVersionId version,
        List<String> contexts) {
    LoggedDataset with(@Nullable DatasetVersionId found, List<String> used) {
        return new LoggedDataset(experiment, name, digest, sourceType, source, schema, profile, found, used);
    }
}
