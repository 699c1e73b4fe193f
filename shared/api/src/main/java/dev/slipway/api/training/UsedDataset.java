package dev.slipway.api.training;

import dev.slipway.kernel.id.DatasetVersionId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * A data set that a run said it had read.
 *
 * @param digest as its logger made it, not necessarily one of ours
 * @param sourceType such as {@code local} or {@code http}
 * @param source where it came from, JSON as its logger wrote it
 * @param version of a data set of ours that it is; null when it is none
 * @param context what for, such as {@code training}; null when its logger did not tell
 * @param tags of this use
 */
@Serdeable
public record UsedDataset(
        String name,
        String digest,
        String sourceType,
        String source,
        @Nullable DatasetVersionId version,
        @Nullable String context,
        List<Param> tags) {}
