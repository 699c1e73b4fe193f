package dev.slipway.training.evaluation;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EvaluationDatasetId;
import dev.slipway.kernel.id.EvaluationRecordId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.IndexValue;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the records of data sets that were deleted, to which nothing leads any more. What a process leaves that died
 * meanwhile is done by the next one that deletes a data set.
 */
@Singleton
final class RemovedRecords {
    private static final Logger LOG = LoggerFactory.getLogger(RemovedRecords.class);
    private static final int BATCH = 200;

    private final Entities entities;

    RemovedRecords(Entities entities) {
        this.entities = entities;
    }

    /** Goes on until there are none. */
    void clear() {
        try {
            List<Entity<EvaluationDatasetId, EvaluationDataset>> datasets = deleted();
            while (!datasets.isEmpty()) {
                datasets.forEach(this::clear);
                datasets = deleted();
            }
        } catch (SlipwayException e) {
            // Somebody else may be at it, and whoever deletes a data set next goes on with it.
            LOG.info("Records of deleted evaluation data sets are not removed yet: {}", e.getMessage());
        }
    }

    private List<Entity<EvaluationDatasetId, EvaluationDataset>> deleted() {
        return entities.query(EvaluationKinds.DATASET, EvaluationKinds.DELETED, List.of(), false, BATCH, null)
                .items();
    }

    private void clear(Entity<EvaluationDatasetId, EvaluationDataset> dataset) {
        List<Entity<EvaluationRecordId, EvaluationRecord>> left = records(dataset.id());
        while (!left.isEmpty()) {
            Change change = entities.change();
            left.forEach(
                    record -> change.update(EvaluationKinds.RECORD, record.with(body -> body.erased(change.now()))));
            change.commit();
            left = records(dataset.id());
        }
        Change change = entities.change();
        change.update(EvaluationKinds.DATASET, dataset.with(body -> body.erased(0, change.now())));
        change.commit();
    }

    private List<Entity<EvaluationRecordId, EvaluationRecord>> records(EvaluationDatasetId dataset) {
        return entities.query(
                        EvaluationKinds.RECORD,
                        EvaluationKinds.BY_DATASET,
                        List.of(IndexValue.of(dataset)),
                        false,
                        BATCH,
                        null)
                .items();
    }
}
