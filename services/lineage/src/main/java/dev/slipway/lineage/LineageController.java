package dev.slipway.lineage;

import dev.slipway.api.lineage.AuditEntry;
import dev.slipway.api.lineage.ExternalDataset;
import dev.slipway.api.lineage.ExternalJob;
import dev.slipway.api.lineage.ExternalRun;
import dev.slipway.api.lineage.Lineage;
import dev.slipway.api.lineage.LineageApi;
import dev.slipway.api.lineage.LineageQuery;
import dev.slipway.api.lineage.ModelCard;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.id.ExternalDatasetId;
import dev.slipway.kernel.id.ExternalJobId;
import dev.slipway.kernel.id.ExternalRunId;
import dev.slipway.kernel.id.ModelVersionId;
import dev.slipway.lineage.card.ModelCards;
import dev.slipway.runtime.entity.Entities;
import dev.slipway.store.graph.IndexValue;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.annotation.Controller;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** The contract's implementation: passes each call to its use case. */
@Controller(LineageApi.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
class LineageController implements LineageApi {
    private final GraphWalk graph;
    private final AuditLog log;
    private final Entities entities;
    private final ModelCards cards;

    LineageController(GraphWalk graph, AuditLog log, Entities entities, ModelCards cards) {
        this.graph = graph;
        this.log = log;
        this.entities = entities;
        this.cards = cards;
    }

    @Override
    public Lineage traverse(LineageQuery query) {
        return graph.walk(query);
    }

    @Override
    public List<AuditEntry> events(long after, int limit) {
        return log.after(after, limit);
    }

    @Override
    public List<Entity<ExternalJobId, ExternalJob>> externalJobs(List<ExternalJobId> ids) {
        return entities.getAll(LineageKinds.EXTERNAL_JOB, ids);
    }

    @Override
    public List<Entity<ExternalRunId, ExternalRun>> externalRuns(List<ExternalRunId> ids) {
        return entities.getAll(LineageKinds.EXTERNAL_RUN, ids);
    }

    @Override
    public Page<Entity<ExternalRunId, ExternalRun>> listExternalRuns(
            ExternalJobId id, int limit, @Nullable String cursor) {
        return entities.query(
                LineageKinds.EXTERNAL_RUN, LineageKinds.BY_JOB, List.of(IndexValue.of(id)), true, limit, cursor);
    }

    @Override
    public List<Entity<ExternalDatasetId, ExternalDataset>> externalDatasets(List<ExternalDatasetId> ids) {
        return entities.getAll(LineageKinds.EXTERNAL_DATASET, ids);
    }

    @Override
    public ModelCard card(ModelVersionId modelVersion) {
        return cards.of(modelVersion);
    }
}
