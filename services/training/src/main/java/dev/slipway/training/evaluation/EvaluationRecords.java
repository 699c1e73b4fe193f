package dev.slipway.training.evaluation;

import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EvaluationDatasetId;
import dev.slipway.kernel.id.EvaluationRecordId;
import dev.slipway.kernel.id.TraceId;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.IndexValue;
import dev.slipway.training.Parts;
import dev.slipway.training.trace.Traces;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Merges records into evaluation data sets, reads and removes them. */
@Singleton
public final class EvaluationRecords {
    /** So many records one call merges or removes. */
    public static final int MAX_MERGED = 10_000;
    /** So many records a data set has. */
    public static final int MAX_RECORDS = 100_000;

    private static final long MAX_LENGTH = 1024 * 1024;
    /** Characters of a page's records, more or less, and records that are read at once to stay near it. */
    private static final long PAGE_LENGTH = 16 * 1024 * 1024;

    private static final int PART = 50;

    private final DatasetWriter writer;
    private final EvaluationDatasets datasets;
    private final Entities entities;
    private final Traces traces;

    EvaluationRecords(DatasetWriter writer, EvaluationDatasets datasets, Entities entities, Traces traces) {
        this.writer = writer;
        this.datasets = datasets;
        this.entities = entities;
        this.traces = traces;
    }

    /** How many records were new, and how many joined one that asks the same. */
    public record Merged(int inserted, int updated) {}

    /**
     * Merges all records or none. One that asks the same as one that is there joins it: outputs replace the former ones,
     * expectations and tags are added to them. A data set is linked to the traces that its records come from.
     *
     * @throws SlipwayException {@code evaluation-dataset.unknown}; {@code evaluation-dataset.too-many}; {@code
     *     evaluation-dataset.record-too-large}
     */
    public Merged merge(EvaluationDatasetId id, List<SentRecord> sent) {
        checkSize(sent);
        Set<TraceId> sources = traces(sent);
        Map<EvaluationRecordId, Merging> merging = new LinkedHashMap<>();
        sent.forEach(record -> merging.computeIfAbsent(record.id(id), each -> new Merging())
                .sent
                .add(record));
        writer.write(id, (known, change) -> {
            EvaluationDataset dataset = known.body();
            if (sent.isEmpty()) {
                return dataset;
            }
            read(merging);
            long time = dataset.next(change.now());
            long number = dataset.nextNumber();
            for (Map.Entry<EvaluationRecordId, Merging> each : merging.entrySet()) {
                number += each.getValue().isNew() ? 1 : 0;
                EvaluationRecord body = each.getValue().result(id, number - 1, time);
                Entity<EvaluationRecordId, EvaluationRecord> there = each.getValue().known;
                if (there == null) {
                    change.create(EvaluationKinds.RECORD, each.getKey(), body);
                } else {
                    change.update(EvaluationKinds.RECORD, there.with(before -> body));
                }
            }
            sources.forEach(trace ->
                    change.link(DatasetWriter.ref(id), EdgeType.DERIVED_FROM, EntityRef.of(EntityType.TRACE, trace)));
            int inserted = (int) (number - dataset.nextNumber());
            checkRoom(dataset.records() + inserted);
            return dataset.withMerged(RecordSchema.with(dataset.schema(), sent), inserted, user(sent), time);
        });
        int inserted = (int) merging.values().stream().filter(Merging::isNew).count();
        return new Merged(inserted, sent.size() - inserted);
    }

    /** What is sent of one record, and what is there of it. */
    private static final class Merging {
        private final List<SentRecord> sent = new ArrayList<>();

        @Nullable
        private Entity<EvaluationRecordId, EvaluationRecord> known;

        boolean isNew() {
            return known == null || known.body().deleted() != null;
        }

        EvaluationRecord result(EvaluationDatasetId dataset, long number, long now) {
            EvaluationRecord record = isNew()
                    ? sent.get(0).created(dataset, number, now)
                    : sent.get(0).into(known.body(), now);
            for (SentRecord more : sent.subList(1, sent.size())) {
                record = more.into(record, now);
            }
            if (record.length() > MAX_LENGTH) {
                throw SlipwayException.tooLarge(
                        "evaluation-dataset.record-too-large",
                        "A record has at most " + MAX_LENGTH + " characters of JSON, not " + record.length()
                                + "; no record was merged.");
            }
            return record;
        }
    }

    private void read(Map<EvaluationRecordId, Merging> merging) {
        merging.values().forEach(each -> each.known = null);
        Parts.each(List.copyOf(merging.keySet()), part -> entities.getAll(EvaluationKinds.RECORD, part))
                .forEach(record -> merging.get(record.id()).known = record);
    }

    @Nullable
    private static String user(List<SentRecord> sent) {
        String user = null;
        for (SentRecord record : sent) {
            user = record.user() == null ? user : record.user();
        }
        return user;
    }

    private Set<TraceId> traces(List<SentRecord> sent) {
        List<TraceId> told = sent.stream()
                .flatMap(record -> record.trace().stream())
                .distinct()
                .toList();
        return Parts.each(told, traces::getAll).stream().map(Entity::id).collect(Collectors.toSet());
    }

    private static void checkSize(List<?> records) {
        if (records.size() > MAX_MERGED) {
            throw SlipwayException.tooLarge(
                    "evaluation-dataset.too-many",
                    "One call takes at most " + MAX_MERGED + " records, not " + records.size()
                            + "; send them in parts.");
        }
    }

    private static void checkRoom(long records) {
        if (records > MAX_RECORDS) {
            throw SlipwayException.tooLarge(
                    "evaluation-dataset.too-many",
                    "An evaluation data set has at most " + MAX_RECORDS + " records, not " + records
                            + "; no record was merged.");
        }
    }

    /**
     * A page of records in the order of their arrival, shorter than the limit where they are long.
     *
     * @param limit 1 to {@link Page#MAX_LIMIT}
     * @param cursor what a page of the same data set gave
     */
    public Page<Entity<EvaluationRecordId, EvaluationRecord>> page(
            EvaluationDatasetId id, int limit, @Nullable String cursor) {
        Page.checkLimit(limit);
        datasets.get(id);
        List<Entity<EvaluationRecordId, EvaluationRecord>> found = new ArrayList<>();
        Optional<String> next = Optional.ofNullable(cursor);
        long length = 0;
        do {
            Page<Entity<EvaluationRecordId, EvaluationRecord>> part = entities.query(
                    EvaluationKinds.RECORD,
                    EvaluationKinds.BY_DATASET,
                    List.of(IndexValue.of(id)),
                    false,
                    Math.min(PART, limit - found.size()),
                    next.orElse(null));
            found.addAll(part.items());
            length += part.items().stream()
                    .mapToLong(record -> record.body().length())
                    .sum();
            next = part.next();
        } while (next.isPresent() && found.size() < limit && length < PAGE_LENGTH);
        return new Page<>(found, next);
    }

    /** Removes those of the records that are there, and says how many they were. */
    public int remove(EvaluationDatasetId id, List<EvaluationRecordId> ids) {
        checkSize(ids);
        List<EvaluationRecordId> distinct = ids.stream().distinct().toList();
        List<Entity<EvaluationRecordId, EvaluationRecord>> removed = new ArrayList<>();
        writer.write(id, (known, change) -> {
            removed.clear();
            Parts.each(distinct, part -> entities.getAll(EvaluationKinds.RECORD, part)).stream()
                    .filter(record ->
                            record.body().dataset().equals(id) && record.body().deleted() == null)
                    .forEach(removed::add);
            long time = known.body().next(change.now());
            removed.forEach(record -> change.update(EvaluationKinds.RECORD, record.with(body -> body.erased(time))));
            return removed.isEmpty() ? known.body() : known.body().withRemoved(removed.size(), time);
        });
        return removed.size();
    }
}
