package dev.slipway.api.monitoring;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.kernel.id.MonitorId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A batch of logged predictions.
 *
 * @param predictions an artifact of JSON Lines, each a {@link LoggedPrediction}
 * @param count how many
 * @param labelled how many of them have their true labels
 * @param correct how many of the labelled ones were right
 * @param labels an artifact with a JSON object of true labels by prediction key; null until the first has arrived
 * @param from UTC milliseconds of the earliest prediction
 * @param to UTC milliseconds of the latest prediction
 */
@Serdeable
public record PredictionBatch(
        MonitorId monitor,
        ModelVersionId modelVersion,
        Digest predictions,
        int count,
        int labelled,
        int correct,
        @Nullable Digest labels,
        long from,
        long to) {}
