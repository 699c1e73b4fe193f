package dev.slipway.gateway;

import dev.slipway.api.lineage.AuditEntry;
import dev.slipway.api.lineage.ExternalDataset;
import dev.slipway.api.lineage.ExternalJob;
import dev.slipway.api.lineage.ExternalRun;
import dev.slipway.api.lineage.Lineage;
import dev.slipway.api.lineage.LineageApi;
import dev.slipway.api.lineage.LineageEdge;
import dev.slipway.api.lineage.LineageNode;
import dev.slipway.api.lineage.LineageQuery;
import dev.slipway.api.lineage.ModelCard;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.Entity;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.EventId;
import dev.slipway.kernel.id.ExternalDatasetId;
import dev.slipway.kernel.id.ExternalJobId;
import dev.slipway.kernel.id.ExternalRunId;
import dev.slipway.kernel.id.ModelVersionId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.LongStream;

/** The lineage of every run: the project whose labels it learnt from; and a log of five events. */
@Singleton
class TestLineage implements LineageApi {
    private static final int EVENTS = 5;

    private final TestLabeling labeling;
    private final Calls calls;

    TestLineage(TestLabeling labeling, Calls calls) {
        this.labeling = labeling;
        this.calls = calls;
    }

    @Override
    public Lineage traverse(LineageQuery query) {
        calls.note("traverse");
        if (!query.edgeTypes().isEmpty() && !query.edgeTypes().contains(EdgeType.DERIVED_FROM)) {
            throw SlipwayException.notFound("lineage.unknown-entity", "There is no such thing.");
        }
        EntityId project = EntityId.of(
                labeling.projects.page(1, null, any -> true).items().get(0).id());
        return new Lineage(
                List.of(
                        new LineageNode(new EntityRef(EntityType.RUN, query.of()), 0),
                        new LineageNode(new EntityRef(EntityType.PROJECT, project), 1),
                        new LineageNode(new EntityRef(EntityType.CHANNEL, new EntityId("c".repeat(32))), 1)),
                List.of(new LineageEdge(query.of(), EdgeType.DERIVED_FROM, project, 7)),
                false);
    }

    @Override
    public List<AuditEntry> events(long after, int limit) {
        calls.note("events");
        EntityRef subject = new EntityRef(EntityType.RUN, new EntityId("a".repeat(32)));
        return LongStream.rangeClosed(after + 1, EVENTS)
                .limit(limit)
                .mapToObj(position -> new AuditEntry(
                        position,
                        new EventId(String.format("%032x", position)),
                        "run.finished",
                        subject,
                        "tester",
                        position,
                        "{}"))
                .toList();
    }

    @Override
    public List<Entity<ExternalJobId, ExternalJob>> externalJobs(List<ExternalJobId> ids) {
        return List.of();
    }

    @Override
    public List<Entity<ExternalRunId, ExternalRun>> externalRuns(List<ExternalRunId> ids) {
        return List.of();
    }

    @Override
    public Page<Entity<ExternalRunId, ExternalRun>> listExternalRuns(
            ExternalJobId id, int limit, @Nullable String cursor) {
        return Page.last(List.of());
    }

    @Override
    public List<Entity<ExternalDatasetId, ExternalDataset>> externalDatasets(List<ExternalDatasetId> ids) {
        return List.of();
    }

    @Override
    public ModelCard card(ModelVersionId modelVersion) {
        return new ModelCard("# A card", "m", 1, "", "", "", List.of());
    }
}
