package dev.slipway.monitoring;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.id.PredictionBatchId;
import io.micronaut.core.annotation.Nullable;
import java.util.List;

/**
 * The predictions that one drift report is about: whole batches, the oldest that no report has judged.
 *
 * @param batches all that the report marks as judged
 * @param samples the values of each prediction whose sample has the baseline's shape
 * @param classCounts how often each of the baseline's classes was predicted, then how often any other
 * @param passedOver how many predictions have another shape, being made by a version with other inputs
 */
record Window(
        List<Entity<PredictionBatchId, StoredBatch>> batches,
        List<float[]> samples,
        List<Long> classCounts,
        int passedOver) {
    /** At most this many batches are in one window, since all of them change in one batch of the store. */
    static final int MAX_BATCHES = 4000;

    Window {
        batches = List.copyOf(batches);
        samples = List.copyOf(samples);
        classCounts = List.copyOf(classCounts);
    }

    /** Share of the labelled predictions that were right; null when none is labelled. */
    @Nullable
    Double accuracy() {
        long labelled = batches.stream()
                .mapToLong(batch -> batch.body().batch().labelled())
                .sum();
        long correct = batches.stream()
                .mapToLong(batch -> batch.body().batch().correct())
                .sum();
        return labelled == 0 ? null : correct / (double) labelled;
    }

    long from() {
        return batches.stream()
                .mapToLong(batch -> batch.body().batch().from())
                .min()
                .orElseThrow();
    }

    long to() {
        return batches.stream()
                .mapToLong(batch -> batch.body().batch().to())
                .max()
                .orElseThrow();
    }
}
