package dev.slipway.training.evaluation;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.id.ExperimentId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A data set that applications are judged on. Its records are entities of their own.
 *
 * @param name need not be unique
 * @param experiments that it belongs to
 * @param schema JSON: which fields the records have, and of which types; null while there were none
 * @param records how many there are
 * @param nextNumber of the next new record, greater than all before it
 * @param lastUpdate when records or experiments last changed, UTC milliseconds, later each time
 * @param digest of the records as they are now: 8 digits, others after every change
 * @param deleted when, in UTC milliseconds; then nothing is left but the number of records that are still to be removed
 */
@Serdeable
public record EvaluationDataset(
        String name,
        List<ExperimentId> experiments,
        Map<String, String> tags,
        @Nullable String schema,
        long records,
        long nextNumber,
        @Nullable String createdBy,
        @Nullable String lastUpdatedBy,
        long lastUpdate,
        String digest,
        @Nullable Long deleted) {
    private static final int DIGITS = 8;

    public EvaluationDataset {
        experiments = List.copyOf(experiments);
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    static EvaluationDataset of(
            String name, List<ExperimentId> experiments, Map<String, String> tags, @Nullable String user, long now) {
        return new EvaluationDataset(name, experiments, tags, null, 0, 0, user, user, now, digest(name, now), null);
    }

    private static String digest(String name, long time) {
        byte[] state = (name + ":" + time).getBytes(StandardCharsets.UTF_8);
        return Digest.of(state).hex().substring(0, DIGITS);
    }

    /** The time of a change that is made now. */
    long next(long now) {
        return Math.max(now, lastUpdate + 1);
    }

    EvaluationDataset withTags(Map<String, String> all) {
        return new EvaluationDataset(
                name,
                experiments,
                all,
                schema,
                records,
                nextNumber,
                createdBy,
                lastUpdatedBy,
                lastUpdate,
                digest,
                deleted);
    }

    EvaluationDataset withExperiments(List<ExperimentId> all, long time) {
        return new EvaluationDataset(
                name, all, tags, schema, records, nextNumber, createdBy, lastUpdatedBy, time, digest, deleted);
    }

    EvaluationDataset withMerged(@Nullable String newSchema, int inserted, @Nullable String user, long time) {
        return new EvaluationDataset(
                name,
                experiments,
                tags,
                newSchema,
                records + inserted,
                nextNumber + inserted,
                createdBy,
                user,
                time,
                digest(name, time),
                deleted);
    }

    EvaluationDataset withRemoved(int removed, long time) {
        return new EvaluationDataset(
                name,
                experiments,
                tags,
                schema,
                records - removed,
                nextNumber,
                createdBy,
                lastUpdatedBy,
                time,
                digest(name, time),
                deleted);
    }

    /** What is left once it is deleted. */
    EvaluationDataset erased(long left, long time) {
        return new EvaluationDataset("", List.of(), Map.of(), null, left, nextNumber, null, null, lastUpdate, "", time);
    }
}
