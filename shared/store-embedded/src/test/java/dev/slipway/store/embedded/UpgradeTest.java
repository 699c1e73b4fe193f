package dev.slipway.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery;
import dev.slipway.store.graph.FacetUpdate;
import dev.slipway.store.graph.GraphRow;
import dev.slipway.store.graph.GraphStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of the first version is brought to the newest with all that is in it. */
class UpgradeTest {
    private static final List<Workspace> WORKSPACES = List.of(new Workspace("one"), new Workspace("two"));

    @TempDir
    Path folder;

    private final IdGenerator ids = new IdGenerator();
    private final EntityId scope = ids.next(EntityId::new);
    private final EntityRef run = new EntityRef(EntityType.RUN, ids.next(EntityId::new));
    private final EntityRef other = new EntityRef(EntityType.RUN, ids.next(EntityId::new));

    @Test
    void facetsOfTheFirstVersionAreReadFoundAndWritten() {
        Path file = folder.resolve("graph.db");
        Facet loss = new Facet(FacetKind.METRIC, "loss", new Facet.Value.Num(Double.NaN), 7, 70);
        Facet name = new Facet(FacetKind.PARAM, "näme", new Facet.Value.Text("'ü\"😀"), 0, 5);
        Facet lower = new Facet(FacetKind.METRIC, "loss", new Facet.Value.Num(-1), 0, 0);
        List<GraphRow> rows = new ArrayList<>();
        try (Database first = Database.open(file, GraphSchema.STEPS.subList(0, 1), 1)) {
            for (Workspace workspace : WORKSPACES) {
                for (FacetUpdate update : List.of(
                        new FacetUpdate(run, scope, loss),
                        new FacetUpdate(run, scope, name),
                        new FacetUpdate(other, scope, lower))) {
                    insert(first, workspace, update);
                    rows.add(new GraphRow.FacetRow(workspace, update));
                }
            }
        }
        try (GraphStore store = new SqliteGraphStore(file)) {
            Page<GraphRow> found = store.rows(GraphRow.Kind.FACET, 100, Optional.empty());
            assertThat(found.items()).containsExactlyInAnyOrderElementsOf(rows);
            for (Workspace workspace : WORKSPACES) {
                assertThat(store.facets(workspace, List.of(run.id(), other.id())))
                        .containsEntry(run.id(), List.of(loss, name))
                        .containsEntry(other.id(), List.of(lower));
                FacetQuery byLoss = new FacetQuery(
                        workspace,
                        EntityType.RUN,
                        List.of(scope),
                        List.of(),
                        List.of(new FacetQuery.Order.ByFacet(FacetKind.METRIC, "loss", true)),
                        10,
                        Optional.empty());
                assertThat(store.search(byLoss).items()).containsExactly(other.id(), run.id());
            }
            assertThat(store.remove(rows)).isEqualTo(rows.size());
        }
    }

    private static void insert(Database database, Workspace workspace, FacetUpdate update) {
        Facet facet = update.facet();
        String entity = update.entity().id().value();
        String type = update.entity().type().wireName();
        String scope = update.scope().value();
        database.write(session -> {
            session.update(
                    () -> "INSERT INTO facet (workspace, entity, kind, key, type, scope, value, step, timestamp)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    workspace.name(),
                    entity,
                    facet.kind().name(),
                    facet.key(),
                    type,
                    scope,
                    FacetTable.stored(facet.value()),
                    facet.step(),
                    facet.timestamp());
            return session.update(
                    () -> "INSERT INTO facet_entity (workspace, type, scope, entity) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT DO NOTHING",
                    workspace.name(),
                    type,
                    scope,
                    entity);
        });
    }
}
