package dev.slipway.store.arangodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.administration.Export;
import dev.slipway.administration.Import;
import dev.slipway.administration.Installation;
import dev.slipway.administration.Section;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.EventId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.store.arangodb.fake.ArangoDouble;
import dev.slipway.store.embedded.EmbeddedStores;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.ClaimChange;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.IndexEntry;
import dev.slipway.store.graph.IndexValue;
import dev.slipway.store.graph.NewEvent;
import dev.slipway.store.graph.Put;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph moves from SQLite to ArangoDB and back; the import itself compares what has arrived with what was exported. */
@DisplayName("Moves to and from the ArangoDB DOUBLE, not a server")
class MoveDoubleTest {
    private static final Workspace WORKSPACE = new Workspace("moving");
    private static final int ENTITIES = 60;

    private final IdGenerator ids = new IdGenerator();

    @TempDir
    private Path folder;

    @Test
    void aGraphMovesFromSqliteToArangoDbAndBack() {
        try (ArangoDouble server = ArangoDouble.start(MemoryAnswers.all());
                GraphStore arango = ArangoGraphStore.open(DoubleServer.settings(server));
                EmbeddedStores first = open("first");
                EmbeddedStores second = open("second");
                EmbeddedStores third = open("third")) {
            fill(first.graph());
            Map<Section, Long> there = move(first, first.graph(), second, arango, "there");
            Map<Section, Long> back = move(second, arango, third, third.graph(), "back");

            assertThat(there).containsEntry(Section.ENTITY, (long) ENTITIES).isEqualTo(back);
            for (GraphRow.Kind kind : GraphRow.Kind.values()) {
                assertThat(rows(third.graph(), kind)).isNotEmpty().isEqualTo(rows(first.graph(), kind));
            }
            EntityRef last = event(arango, ENTITIES).event().subject();
            arango.commit(Batch.in(WORKSPACE).event(made(last)).build());
            assertThat(arango.events(ENTITIES, 10)).singleElement().satisfies(event -> assertThat(event.position())
                    .isEqualTo(ENTITIES + 1));
            DoubleServer.assertNothingLeftOpen(server);
        }
    }

    private EmbeddedStores open(String name) {
        return EmbeddedStores.open(folder.resolve(name), InstantSource.system());
    }

    private Map<Section, Long> move(
            EmbeddedStores from, GraphStore fromGraph, EmbeddedStores to, GraphStore toGraph, String name) {
        Path export = folder.resolve(name);
        Map<Section, Long> exported = new Export(
                        new Installation(fromGraph, from.metrics(), from.artifacts()),
                        export,
                        "test",
                        InstantSource.system(),
                        (work, done) -> {})
                .run();
        Map<Section, Long> imported =
                new Import(new Installation(toGraph, to.metrics(), to.artifacts()), export, (work, done) -> {}).run();
        assertThat(imported).isEqualTo(exported);
        return imported;
    }

    private void fill(GraphStore graph) {
        EntityId scope = ids.next(EntityId::new);
        EntityRef before = null;
        for (int i = 0; i < ENTITIES; i++) {
            EntityRef run = new EntityRef(EntityType.RUN, ids.next(EntityId::new));
            Facet loss = new Facet(
                    FacetKind.METRIC, "loss", new Facet.Value.Num(i % 7 == 0 ? Double.NaN : -i / 3.0), i, 1L << 41);
            Batch.Builder batch = Batch.in(WORKSPACE)
                    .put(new Put(
                            run.type(),
                            run.id(),
                            0,
                            1,
                            Long.MAX_VALUE / 2,
                            "{\"text\":\"ä😀 " + i + "\"}",
                            List.of(IndexEntry.of("by", IndexValue.of(Long.MIN_VALUE + i), IndexValue.of("aå" + i)))))
                    .claim(new ClaimChange.Take("name/ü " + i, run.id().value()))
                    .facet(new FacetUpdate(run, scope, loss))
                    .event(made(run));
            if (before != null) {
                batch.link(new Edge(run, EdgeType.DERIVED_FROM, before, i));
            }
            graph.commit(batch.build());
            before = run;
        }
        graph.moveCursor("audit", 0, 17);
    }

    private NewEvent made(EntityRef run) {
        return new NewEvent(ids.next(EventId::new), "run.made", run, "test", 1, "{}");
    }

    private static Event event(GraphStore graph, long position) {
        return graph.events(position - 1, 1).get(0);
    }

    private static List<GraphRow> rows(GraphStore graph, GraphRow.Kind kind) {
        return graph.rows(kind, 1000, Optional.empty()).items();
    }
}
