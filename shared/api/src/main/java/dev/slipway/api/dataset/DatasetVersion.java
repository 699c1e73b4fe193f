package dev.slipway.api.dataset;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.id.DatasetId;
import dev.slipway.kernel.id.DatasetVersionId;
import dev.slipway.kernel.id.ProjectId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Map;

/**
 * An immutable dataset version. Its content names it: equal content is the same version.
 *
 * @param number 1, 2, 3 … within the dataset
 * @param content the digest of its manifest, an artifact that lists everything below
 * @param project whose labels it was cut from
 * @param parent the version before it, whose samples keep their splits; null for the first
 * @param seed of the assignment to splits
 * @param classes the labels, in the order of class indexes
 * @param sampleShape the shape of one sample
 * @param statistics of the training split
 */
@Serdeable
public record DatasetVersion(
        DatasetId dataset,
        int number,
        Digest content,
        ProjectId project,
        @Nullable DatasetVersionId parent,
        long seed,
        List<String> classes,
        List<Integer> sampleShape,
        Map<SplitName, Split> splits,
        Statistics statistics) {}
