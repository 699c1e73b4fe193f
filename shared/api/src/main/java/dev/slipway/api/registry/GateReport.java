package dev.slipway.api.registry;

import dev.slipway.kernel.id.DatasetVersionId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/**
 * What the gates found.
 *
 * @param passed whether all hold
 * @param accuracy of the version on the pinned test set, 0 to 1
 * @param productionAccuracy of the version then in production on the same set; null when there was none
 * @param judged UTC milliseconds
 */
@Serdeable
public record GateReport(
        boolean passed,
        List<Gate> gates,
        double accuracy,
        @Nullable Double productionAccuracy,
        DatasetVersionId testSet,
        long judged) {}
