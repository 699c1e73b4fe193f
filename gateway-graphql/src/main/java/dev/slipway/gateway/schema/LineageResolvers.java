package dev.slipway.gateway.schema;

import dev.slipway.api.lineage.AuditEntry;
import dev.slipway.api.lineage.ExternalDataset;
import dev.slipway.api.lineage.ExternalJob;
import dev.slipway.api.lineage.ExternalRun;
import dev.slipway.api.lineage.Lineage;
import dev.slipway.api.lineage.LineageApi;
import dev.slipway.api.lineage.LineageEdge;
import dev.slipway.api.lineage.LineageNode;
import dev.slipway.api.lineage.LineageQuery;
import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The graph that joins everything, and the log of what happened. */
@Singleton
final class LineageResolvers implements Resolvers {
    private record Relation(String from, EdgeType type, String to, long created) {}

    private final LineageApi lineage;
    private final NodeTypes nodeTypes;

    LineageResolvers(LineageApi lineage, NodeTypes nodeTypes) {
        this.lineage = lineage;
        this.nodeTypes = nodeTypes;
    }

    @Override
    public void wire(Wiring wiring) {
        wiring.root("Query")
                .fetch("lineage", (none, request) -> traverse(request.arguments()))
                .page("events", (none, request, limit, cursor) -> events(limit, cursor));
        wiring.type("Lineage", Lineage.class)
                .field("nodes", Lineage::nodes)
                .field("edges", LineageResolvers::relations)
                .field("truncated", Lineage::truncated);
        wiring.type("LineageNode", LineageNode.class)
                .field("id", node -> globalId(node.entity()).encoded())
                .field("type", node -> node.entity().type())
                .field("depth", LineageNode::depth)
                .fetch("node", (node, request) -> nodeTypes.load(globalId(node.entity()), request));
        wiring.type("LineageEdge", Relation.class)
                .field("from", Relation::from)
                .field("type", Relation::type)
                .field("to", Relation::to)
                .field("created", Relation::created);
        wireExternal(wiring);
        wiring.type("Event", AuditEntry.class)
                .field("position", AuditEntry::position)
                .field("type", AuditEntry::type)
                .field("subjectType", entry -> entry.subject().type())
                .field("subjectId", entry -> globalId(entry.subject()).encoded())
                .fetch("subject", (entry, request) -> nodeTypes.load(globalId(entry.subject()), request))
                .field("caller", AuditEntry::caller)
                .field("time", AuditEntry::time)
                .field("detail", AuditEntry::body);
    }

    private void wireExternal(Wiring wiring) {
        wiring.entity(Kinds.EXTERNAL_JOB)
                .field("namespace", ExternalJob::namespace)
                .field("name", ExternalJob::name)
                .field("facets", ExternalJob::facets)
                .page("runs", (job, request, limit, cursor) -> lineage.listExternalRuns(job.id(), limit, cursor));
        wiring.entity(Kinds.EXTERNAL_RUN)
                .reference("job", Kinds.EXTERNAL_JOB, ExternalRun::job)
                .field("run", ExternalRun::run)
                .reference("parent", Kinds.EXTERNAL_RUN, ExternalRun::parent)
                .field("state", ExternalRun::state)
                .field("started", ExternalRun::started)
                .field("finished", ExternalRun::finished)
                .field("facets", ExternalRun::facets);
        wiring.entity(Kinds.EXTERNAL_DATASET)
                .field("namespace", ExternalDataset::namespace)
                .field("name", ExternalDataset::name)
                .field("facets", ExternalDataset::facets);
    }

    private Lineage traverse(Arguments arguments) {
        return lineage.traverse(new LineageQuery(
                new EntityId(GlobalId.decode(arguments.text("of")).id()),
                arguments.choice("direction", Direction.class),
                arguments.integer("depth"),
                arguments.texts("edgeTypes").stream().map(EdgeType::valueOf).collect(Collectors.toSet()),
                arguments.integer("limit")));
    }

    // An edge knows only ids; the types stand with the nodes, and edges outside them are of no use to a reader.
    private static List<Relation> relations(Lineage lineage) {
        Map<EntityId, String> ids = lineage.nodes().stream()
                .map(LineageNode::entity)
                .collect(Collectors.toMap(EntityRef::id, ref -> globalId(ref).encoded(), (one, same) -> one));
        return lineage.edges().stream()
                .filter(edge -> ids.containsKey(edge.from()) && ids.containsKey(edge.to()))
                .map(edge -> relation(edge, ids))
                .toList();
    }

    private static Relation relation(LineageEdge edge, Map<EntityId, String> ids) {
        return new Relation(ids.get(edge.from()), edge.type(), ids.get(edge.to()), edge.created());
    }

    private Page<AuditEntry> events(int limit, @Nullable String cursor) {
        List<AuditEntry> entries = lineage.events(position(cursor), limit);
        // Fewer than the limit come only at the end of the log.
        return entries.size() < limit
                ? Page.last(entries)
                : new Page<>(
                        entries,
                        Optional.of(
                                Long.toString(entries.get(entries.size() - 1).position())));
    }

    private static long position(@Nullable String cursor) {
        try {
            return cursor == null ? 0 : Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw SlipwayException.invalid("graphql.cursor", "'after' is no cursor of the events.", e);
        }
    }

    private static GlobalId globalId(EntityRef ref) {
        return new GlobalId(ref.type(), ref.id().value());
    }
}
