package dev.slipway.store.tests;

import static dev.slipway.store.tests.GraphFixture.number;
import static dev.slipway.store.tests.GraphFixture.put;
import static dev.slipway.store.tests.GraphFixture.text;

import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphRow.ClaimRow;
import dev.slipway.store.graph.GraphRow.EdgeRow;
import dev.slipway.store.graph.GraphRow.EntityRow;
import dev.slipway.store.graph.GraphRow.EventRow;
import dev.slipway.store.graph.GraphRow.FacetRow;
import dev.slipway.store.graph.GraphRow.Kind;
import dev.slipway.store.graph.GraphRow.ReaderRow;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Some of everything in one workspace, its rows among all rows of the store, and what they are in another workspace. */
final class GraphRowFixture {
    static final int RUNS = 30;
    static final String INDEX = "byKey";
    static final String SECOND_INDEX = "byName";

    private final GraphFixture graph;
    final List<EntityRef> runs = new ArrayList<>();
    final EntityId scope;
    final String reader;

    GraphRowFixture(GraphFixture graph) {
        this.graph = graph;
        this.scope = graph.newRun().id();
        this.reader = "reader-" + graph.here;
    }

    /** Writes it all as services do. */
    void populate() {
        for (int i = 0; i < RUNS; i++) {
            EntityRef run = graph.newRef(i % 4 < 2 ? EntityType.RUN : EntityType.MODEL);
            runs.add(run);
            Batch.Builder batch = Batch.in(graph.here)
                    .put(put(run, 0, "{\"n\":" + i + ",\"text\":\"ä😀\\n\"}", places(i)))
                    .claim(new ClaimChange.Take("name/ü " + i, run.id().value()))
                    .facet(number(run, scope, FacetKind.METRIC, "loss", value(i), i))
                    .facet(text(run, scope, FacetKind.PARAM, "p", "ü" + i % 3))
                    .event(graph.newEvent("run.made"));
            if (i > 0) {
                batch.link(new Edge(runs.get((i - 1) / 2), EdgeType.USED, run, i));
            }
            graph.store.commit(batch.build());
        }
        graph.store.commit(Batch.in(graph.here)
                .put(put(runs.get(3), 1, "{\"changed\":true}", places(99)))
                .claim(new ClaimChange.Move("name/ü 3", runs.get(3).id().value(), "moved"))
                .build());
        graph.store.moveCursor(reader, 0, 17);
    }

    private static double value(int i) {
        return switch (i) {
            case 4 -> Double.NaN;
            case 5 -> Double.POSITIVE_INFINITY;
            case 6 -> Double.NEGATIVE_INFINITY;
            case 7 -> -0.0;
            default -> i % 5 - 2.5;
        };
    }

    /** Keys of every length and of numbers and texts; some stand in two indexes and some in none. */
    private static IndexEntry[] places(int i) {
        IndexEntry first =
                switch (i % 5) {
                    case 0 -> IndexEntry.of(INDEX, IndexValue.of(i % 3));
                    case 1 -> IndexEntry.of(INDEX, IndexValue.of("ä"), IndexValue.of(Double.NaN));
                    case 2 -> IndexEntry.of(INDEX, IndexValue.of(-1.5), IndexValue.of(""), IndexValue.of("z"));
                    default ->
                        IndexEntry.of(
                                INDEX,
                                IndexValue.of(Long.MIN_VALUE + 1),
                                IndexValue.of("😀"),
                                IndexValue.of(Double.NEGATIVE_INFINITY),
                                IndexValue.of(i));
                };
        if (i % 7 == 6) {
            return new IndexEntry[0];
        }
        return i % 2 == 0
                ? new IndexEntry[] {first}
                : new IndexEntry[] {first, IndexEntry.of(SECOND_INDEX, IndexValue.of("n" + i))};
    }

    /** The rows of one kind that belong to a workspace, or to the reader, read by pages of a size. */
    List<GraphRow> rows(Kind kind, Workspace workspace, int limit) {
        return GraphFixture.all(cursor -> graph.store.rows(kind, limit, cursor)).stream()
                .filter(row -> belongs(row, workspace))
                .map(GraphRowFixture::inOrder)
                .toList();
    }

    private boolean belongs(GraphRow row, Workspace workspace) {
        if (row instanceof EntityRow entity) {
            return entity.entity().workspace().equals(workspace);
        } else if (row instanceof EdgeRow edge) {
            return edge.workspace().equals(workspace);
        } else if (row instanceof ClaimRow claim) {
            return claim.workspace().equals(workspace);
        } else if (row instanceof FacetRow facet) {
            return facet.workspace().equals(workspace);
        } else if (row instanceof EventRow event) {
            return event.event().workspace().equals(workspace);
        }
        return ((ReaderRow) row).reader().equals("reader-" + workspace);
    }

    /** The places of an entity are a set; they are compared in the order of their indexes. */
    static GraphRow inOrder(GraphRow row) {
        return row instanceof EntityRow entity
                ? new EntityRow(
                        entity.entity(),
                        entity.indexed().stream()
                                .sorted(Comparator.comparing(IndexEntry::index))
                                .toList())
                : row;
    }

    /** The same row in another workspace; an event's position is raised, because no two events share one. */
    static GraphRow moved(GraphRow row, Workspace to, long eventsRaised) {
        if (row instanceof EntityRow entity) {
            return new EntityRow(GraphRowFixture.moved(entity.entity(), to), entity.indexed());
        } else if (row instanceof EdgeRow edge) {
            return new EdgeRow(to, edge.edge());
        } else if (row instanceof ClaimRow claim) {
            return new ClaimRow(to, claim.name(), claim.value());
        } else if (row instanceof FacetRow facet) {
            return new FacetRow(to, facet.facet());
        } else if (row instanceof EventRow event) {
            return new EventRow(new Event(
                    event.event().position() + eventsRaised, to, event.event().event()));
        }
        return new ReaderRow("reader-" + to, ((ReaderRow) row).position());
    }

    static Envelope moved(Envelope entity, Workspace to) {
        return new Envelope(
                entity.id(),
                to,
                entity.type(),
                entity.schema(),
                entity.revision(),
                entity.created(),
                entity.updated(),
                entity.body());
    }

    static void restore(GraphStore store, List<? extends GraphRow> rows, int size) {
        for (int from = 0; from < rows.size(); from += size) {
            store.restore(List.copyOf(rows.subList(from, Math.min(rows.size(), from + size))));
        }
    }
}
