package dev.slipway.api.training;

import dev.slipway.kernel.id.LoggedModelId;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** What was logged to a model, by key. */
@Serdeable
public record LoggedModelContent(LoggedModelId model, List<Param> params, List<Param> tags, List<Measured> metrics) {
    /**
     * The latest value of a metric that a run measured of the model.
     *
     * @param dataset the name of the data set on which; null when its logger did not tell
     * @param digest of the data set
     */
    @Serdeable
    public record Measured(
            RunId run,
            Metric metric,
            @Nullable String dataset,
            @Nullable String digest) {}
}
