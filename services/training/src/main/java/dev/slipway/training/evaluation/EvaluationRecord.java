package dev.slipway.training.evaluation;

import dev.slipway.kernel.id.EvaluationDatasetId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * What an application is asked, and what it should answer. All but the type of its source is JSON, in which NaN and
 * infinities may stand.
 *
 * @param number its place among the records of its data set, in the order of their arrival
 * @param inputs an object; no other record of the data set has the same
 * @param outputs what an application answered; null for nothing
 * @param expectations an object; null for none
 * @param tags an object
 * @param source an object, with what tells where the record came from; null when nobody told
 * @param created UTC milliseconds
 * @param updated UTC milliseconds
 * @param deleted when, in UTC milliseconds; nothing else is left then
 */
@Serdeable
public record EvaluationRecord(
        EvaluationDatasetId dataset,
        long number,
        String inputs,
        @Nullable String outputs,
        @Nullable String expectations,
        String tags,
        @Nullable SourceType sourceType,
        @Nullable String source,
        @Nullable String createdBy,
        @Nullable String lastUpdatedBy,
        long created,
        long updated,
        @Nullable Long deleted) {
    /** What a record came from. */
    public enum SourceType {
        UNSPECIFIED,
        TRACE,
        HUMAN,
        DOCUMENT,
        CODE
    }

    /** What is left once it is deleted. */
    EvaluationRecord erased(long time) {
        return new EvaluationRecord(dataset, number, "{}", null, null, "{}", null, null, null, null, 0, 0, time);
    }

    long length() {
        return (long) inputs.length() + length(outputs) + length(expectations) + tags.length() + length(source);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
