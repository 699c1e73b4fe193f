package dev.slipway.api.registry;

import dev.slipway.kernel.id.DatasetVersionId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * What the gates found.
 *
 * @param passed whether all hold
 * @param accuracy of the version on the pinned test set, 0 to 1; null when there is no such set
 * @param productionAccuracy of the version then in production on the same set; null when there was none
 * @param testSet the pinned test set; null when there is none
 * @param judged UTC milliseconds
 */
@Serdeable
public record GateReport(
        boolean passed,
        List<Gate> gates,
        @Nullable Double accuracy,
        @Nullable Double productionAccuracy,
        @Nullable DatasetVersionId testSet,
        long judged) {}
