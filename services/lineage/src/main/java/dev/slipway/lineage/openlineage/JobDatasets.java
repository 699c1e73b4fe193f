package dev.slipway.lineage.openlineage;

import dev.slipway.api.jobs.Job;
import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.TraversalQuery;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a job reads and makes, as the lineage of its subject says. */
@Singleton
final class JobDatasets {
    /** Of things that jobs make themselves: the job's subject is its output. */
    private static final Set<EntityType> MADE = Set.of(EntityType.RUN, EntityType.CONVERSION);

    private static final int MOST = 1000;

    /** Things with names of {@link OwnDatasets}. */
    record Used(Set<EntityRef> inputs, Set<EntityRef> outputs) {}

    private final GraphStore graph;
    private final Callers callers;

    JobDatasets(GraphStore graph, Callers callers) {
        this.graph = graph;
        this.callers = callers;
    }

    Used of(Job job) {
        Set<EntityRef> inputs = new LinkedHashSet<>();
        Set<EntityRef> outputs = new LinkedHashSet<>();
        EntityRef subject = job.subject();
        add(MADE.contains(subject.type()) ? outputs : inputs, subject);
        if (MADE.contains(subject.type()) || !OwnDatasets.TYPES.contains(subject.type())) {
            edges(subject, Direction.UPSTREAM).forEach(edge -> add(inputs, edge.to()));
        }
        // What was made of the subject before is not this job's.
        edges(subject, Direction.DOWNSTREAM).stream()
                .filter(edge -> edge.type() == EdgeType.GENERATED_BY || edge.type() == EdgeType.RELEASES)
                .filter(edge -> job.started() != null && edge.created() >= job.started())
                .forEach(edge -> add(outputs, edge.from()));
        return new Used(inputs, outputs);
    }

    private List<Edge> edges(EntityRef subject, Direction direction) {
        return graph.traverse(
                        new TraversalQuery(callers.workspace(), List.of(subject.id()), direction, Set.of(), 1, MOST))
                .edges();
    }

    private static void add(Set<EntityRef> datasets, EntityRef entity) {
        if (OwnDatasets.TYPES.contains(entity.type())) {
            datasets.add(entity);
        }
    }
}
