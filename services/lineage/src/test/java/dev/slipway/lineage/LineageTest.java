package dev.slipway.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.lineage.AuditEntry;
import dev.slipway.api.lineage.Lineage;
import dev.slipway.api.lineage.LineageApi;
import dev.slipway.api.lineage.LineageEdge;
import dev.slipway.api.lineage.LineageNode;
import dev.slipway.api.lineage.LineageQuery;
import dev.slipway.kernel.Caller;
import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Role;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.kernel.id.EventId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.graph.NewEvent;
import dev.slipway.store.graph.Put;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LineageTest {
    private ApplicationContext context;
    private LineageApi api;
    private GraphStore graph;
    private IdGenerator ids;
    private Workspace workspace;
    private int workspaces;

    @BeforeAll
    void open(@TempDir Path folder) {
        context = ApplicationContext.run(Map.of("slipway.data", folder.toString()));
        api = context.getBean(LineageApi.class);
        graph = context.getBean(GraphStore.class);
        ids = context.getBean(IdGenerator.class);
    }

    @AfterAll
    void close() {
        context.close();
    }

    @BeforeEach
    void takeAFreshWorkspace() {
        workspaces++;
        workspace = new Workspace("workspace-" + workspaces);
    }

    @Test
    void theWayOfAModelIsWalkedInBothDirections() {
        EntityRef dataset = make(EntityType.DATASET_VERSION);
        EntityRef run = make(EntityType.RUN);
        EntityRef version = make(EntityType.MODEL_VERSION);
        link(run, EdgeType.USED, dataset);
        link(version, EdgeType.GENERATED_BY, run);

        Lineage upstream = walk(version, Direction.UPSTREAM, 10, Set.of());
        assertThat(upstream.nodes())
                .containsExactly(new LineageNode(version, 0), new LineageNode(run, 1), new LineageNode(dataset, 2));
        assertThat(upstream.edges())
                .containsExactlyInAnyOrder(
                        new LineageEdge(version.id(), EdgeType.GENERATED_BY, run.id(), 5),
                        new LineageEdge(run.id(), EdgeType.USED, dataset.id(), 5));
        assertThat(upstream.truncated()).isFalse();
        assertThat(walk(dataset, Direction.DOWNSTREAM, 1, Set.of()).nodes())
                .containsExactly(new LineageNode(dataset, 0), new LineageNode(run, 1));
        assertThat(walk(version, Direction.UPSTREAM, 10, null)).isEqualTo(upstream);
        assertThat(walk(version, Direction.UPSTREAM, 10, Set.of(EdgeType.USED)).nodes())
                .containsExactly(new LineageNode(version, 0));
    }

    @Test
    void aLimitIsKeptAndTold() {
        EntityRef dataset = make(EntityType.DATASET_VERSION);
        for (int i = 0; i < 5; i++) {
            link(make(EntityType.RUN), EdgeType.USED, dataset);
        }
        LineageQuery query = new LineageQuery(dataset.id(), Direction.DOWNSTREAM, 5, Set.of(), 3);
        Lineage part = call(() -> api.traverse(query));
        assertThat(part.nodes()).hasSize(3);
        assertThat(part.truncated()).isTrue();
    }

    @Test
    void anEntityOfNoOrAnotherWorkspaceIsUnknown() {
        EntityRef here = make(EntityType.RUN);
        EntityRef nowhere = EntityRef.of(EntityType.RUN, ids.next(EntityId::new));
        fails("lineage.unknown-entity", ErrorKind.NOT_FOUND, () -> walk(nowhere, Direction.UPSTREAM, 3, Set.of()));
        takeAFreshWorkspace();
        fails("lineage.unknown-entity", ErrorKind.NOT_FOUND, () -> walk(here, Direction.UPSTREAM, 3, Set.of()));
    }

    @Test
    void boundsAreChecked() {
        EntityRef here = make(EntityType.RUN);
        fails("lineage.depth", ErrorKind.INVALID, () -> walk(here, Direction.UPSTREAM, 101, Set.of()));
        fails(
                "lineage.limit",
                ErrorKind.INVALID,
                () -> api.traverse(new LineageQuery(here.id(), Direction.UPSTREAM, 1, Set.of(), 10_001)));
        fails("lineage.query", ErrorKind.INVALID, () -> walk(here, null, 1, Set.of()));
        fails("page.limit", ErrorKind.INVALID, () -> api.events(0, 0));
        fails("page.limit", ErrorKind.INVALID, () -> api.events(0, 1001));
        fails("lineage.position", ErrorKind.INVALID, () -> api.events(-1, 10));
    }

    @Test
    void theLogShowsTheEventsOfTheCallersWorkspaceOnly() {
        Workspace mine = workspace;
        List<EventId> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            expected.add(tell(mine, 1));
            tell(new Workspace("other"), 700);
        }
        List<AuditEntry> all = call(() -> api.events(0, 100));
        assertThat(all).extracting(AuditEntry::id).isEqualTo(expected);
        assertThat(all).extracting(AuditEntry::position).isSorted();
        assertThat(all.get(0).type()).isEqualTo("run.finished");
        assertThat(all.get(0).caller()).isEqualTo("somebody");

        List<AuditEntry> paged = new ArrayList<>();
        List<AuditEntry> page = call(() -> api.events(0, 2));
        while (!page.isEmpty()) {
            paged.addAll(page);
            long after = page.get(page.size() - 1).position();
            page = call(() -> api.events(after, 2));
        }
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void aDeviceMayNotLookIntoTheLog() {
        Caller device = new Caller("device", Set.of(Role.DEVICE), workspace);
        assertThatThrownBy(() -> context.getBean(Callers.class).callAs(device, () -> api.events(0, 1)))
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.FORBIDDEN));
    }

    private Lineage walk(EntityRef of, Direction direction, int depth, Set<EdgeType> types) {
        return call(() -> api.traverse(new LineageQuery(of.id(), direction, depth, types, 100)));
    }

    private <T> T call(Supplier<T> call) {
        Caller viewer = new Caller("test", Set.of(Role.VIEWER), workspace);
        return context.getBean(Callers.class).callAs(viewer, call);
    }

    private void fails(String code, ErrorKind kind, Supplier<?> call) {
        assertThatThrownBy(() -> call(call)).isInstanceOfSatisfying(SlipwayException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.kind()).isEqualTo(kind);
        });
    }

    private EntityRef make(EntityType type) {
        EntityId id = ids.next(EntityId::new);
        graph.commit(Batch.in(workspace)
                .put(new Put(type, id, 0, 1, 5, "{}", List.of()))
                .build());
        return new EntityRef(type, id);
    }

    private void link(EntityRef from, EdgeType type, EntityRef to) {
        graph.commit(Batch.in(workspace).link(new Edge(from, type, to, 5)).build());
    }

    /** Writes events in one batch, and returns the id of the last. */
    private EventId tell(Workspace where, int count) {
        EntityRef run = EntityRef.of(EntityType.RUN, ids.next(EntityId::new));
        Batch.Builder batch = Batch.in(where);
        EventId last = ids.next(EventId::new);
        for (int i = 0; i < count; i++) {
            last = ids.next(EventId::new);
            batch.event(new NewEvent(last, "run.finished", run, "somebody", 5, "{}"));
        }
        graph.commit(batch.build());
        return last;
    }
}
