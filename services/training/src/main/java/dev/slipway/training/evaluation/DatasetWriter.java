package dev.slipway.training.evaluation;

import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.EvaluationDatasetId;
import dev.slipway.runtime.entity.Change;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.runtime.entity.Retries;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.training.DerivedFacets;
import dev.slipway.training.Turns;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Writes data sets, each with its searchable attributes and the event that tells of it, so that of several changes at a time
 * none is lost: those of this process wait for each other, those of others are repeated.
 */
@Singleton
final class DatasetWriter {
    /** All data sets of a workspace are searched together. */
    static final EntityId SCOPE = new EntityId("0".repeat(32));

    static final String NAME = "name";
    static final String CREATED = "created_time";
    static final String UPDATED = "last_update_time";
    static final String CREATED_BY = "created_by";
    static final String UPDATED_BY = "last_updated_by";
    static final String EXPERIMENT = "experiment/";

    private final Entities entities;
    private final Turns turns = new Turns();

    DatasetWriter(Entities entities) {
        this.entities = entities;
    }

    /** What becomes of a data set; what else is written with it goes into the change. It may be called again. */
    interface Edit {
        EvaluationDataset of(Entity<EvaluationDatasetId, EvaluationDataset> known, Change change);
    }

    static EntityRef ref(EvaluationDatasetId id) {
        return EntityRef.of(EntityType.EVALUATION_DATASET, id);
    }

    /** @param dataset as it is at a time, UTC milliseconds */
    Entity<EvaluationDatasetId, EvaluationDataset> create(LongFunction<EvaluationDataset> dataset) {
        Change change = entities.change();
        Entity<EvaluationDatasetId, EvaluationDataset> made = change.create(
                EvaluationKinds.DATASET, entities.newId(EvaluationDatasetId::new), dataset.apply(change.now()));
        facets(made).replace(new DerivedFacets(), change, ref(made.id()), SCOPE, made.revision());
        event(change, made, "evaluation-dataset.created");
        change.commit();
        return made;
    }

    /** One that is not deleted. */
    Optional<Entity<EvaluationDatasetId, EvaluationDataset>> find(EvaluationDatasetId id) {
        return entities.find(EvaluationKinds.DATASET, id)
                .filter(dataset -> dataset.body().deleted() == null);
    }

    /** Changes one, or fails with {@code evaluation-dataset.unknown}. To give it back as it is is to write nothing. */
    Entity<EvaluationDatasetId, EvaluationDataset> write(EvaluationDatasetId id, Edit edit) {
        return turns.take(
                List.of(id),
                () -> Retries.onConflict(() -> {
                    Entity<EvaluationDatasetId, EvaluationDataset> known =
                            find(id).orElseThrow(() -> EvaluationIds.unknown(EvaluationIds.shown(id)));
                    Change change = entities.change();
                    EvaluationDataset body = edit.of(known, change);
                    return body.equals(known.body()) ? known : write(change, known, body);
                }));
    }

    private static Entity<EvaluationDatasetId, EvaluationDataset> write(
            Change change, Entity<EvaluationDatasetId, EvaluationDataset> known, EvaluationDataset body) {
        Entity<EvaluationDatasetId, EvaluationDataset> written =
                change.update(EvaluationKinds.DATASET, known.with(before -> body));
        facets(written).replace(facets(known), change, ref(known.id()), SCOPE, written.revision());
        event(change, written, body.deleted() == null ? "evaluation-dataset.updated" : "evaluation-dataset.deleted");
        change.commit();
        return written;
    }

    private static void event(Change change, Entity<EvaluationDatasetId, EvaluationDataset> dataset, String type) {
        change.event(type, ref(dataset.id()), Map.of("name", dataset.body().name()));
    }

    private static DerivedFacets facets(Entity<EvaluationDatasetId, EvaluationDataset> dataset) {
        DerivedFacets facets = new DerivedFacets();
        EvaluationDataset body = dataset.body();
        if (body.deleted() != null) {
            return facets;
        }
        facets.text(NAME, body.name());
        facets.number(CREATED, dataset.created());
        facets.number(UPDATED, body.lastUpdate());
        if (body.createdBy() != null) {
            facets.text(CREATED_BY, body.createdBy());
        }
        if (body.lastUpdatedBy() != null) {
            facets.text(UPDATED_BY, body.lastUpdatedBy());
        }
        body.experiments().forEach(experiment -> facets.text(EXPERIMENT + experiment, ""));
        body.tags().forEach((key, value) -> facets.text(FacetKind.TAG, key, value));
        return facets;
    }
}
