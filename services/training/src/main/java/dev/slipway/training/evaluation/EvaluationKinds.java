package dev.slipway.training.evaluation;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.EvaluationDatasetId;
import dev.slipway.kernel.id.EvaluationRecordId;
import dev.slipway.runtime.entity.EntityKind;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import java.util.List;

/** The types of evaluation data sets and their records. */
public final class EvaluationKinds {
    /** The deleted ones whose records are not yet removed. */
    static final String DELETED = "deleted";

    /** The records of a data set, in the order of their arrival. */
    static final String BY_DATASET = "dataset";

    /** Data sets that are there stand in no index: they are found by their facets. */
    public static final EntityKind<EvaluationDatasetId, EvaluationDataset> DATASET = EntityKind.of(
                    EntityType.EVALUATION_DATASET, EvaluationDatasetId::new, EvaluationDataset.class)
            .index(entry -> entry.body().deleted() != null && entry.body().records() > 0
                    ? List.of(IndexEntry.of(DELETED, IndexValue.of(entry.created())))
                    : List.of());

    public static final EntityKind<EvaluationRecordId, EvaluationRecord> RECORD = EntityKind.of(
                    EntityType.EVALUATION_RECORD, EvaluationRecordId::new, EvaluationRecord.class)
            .index(entry -> entry.body().deleted() == null
                    ? List.of(IndexEntry.of(
                            BY_DATASET,
                            IndexValue.of(entry.body().dataset()),
                            IndexValue.of(entry.body().number())))
                    : List.of());

    /** All of them, for checks of what is stored. */
    public static final List<EntityKind<?, ?>> KINDS = List.of(DATASET, RECORD);

    private EvaluationKinds() {}
}
