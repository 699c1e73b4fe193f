package dev.slipway.store.tests;

import static dev.slipway.store.tests.GraphFixture.all;
import static dev.slipway.store.tests.GraphFixture.number;
import static dev.slipway.store.tests.GraphFixture.put;
import static dev.slipway.store.tests.GraphFixture.text;
import static dev.slipway.store.tests.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.Direction;
import dev.slipway.kernel.EdgeType;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.Edge;
import dev.slipway.store.graph.EntityQuery;
import dev.slipway.store.graph.Envelope;
import dev.slipway.store.graph.Event;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery;
import dev.slipway.store.graph.FacetQuery.Comparison;
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.store.graph.FacetQuery.Order;
import dev.slipway.store.graph.FacetUpdate;
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
import dev.slipway.store.graph.NewEvent;
import dev.slipway.store.graph.Traversal;
import dev.slipway.store.graph.TraversalQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything can be read row by row, written to a store as it was, and taken away again. */
abstract class GraphRowTests {
    private GraphRowFixture rows;
    private GraphStore store;
    private Workspace here;
    private Workspace copy;

    abstract GraphFixture graph();

    @BeforeEach
    void newRows() {
        rows = new GraphRowFixture(graph());
        store = graph().store;
        here = graph().here;
        copy = graph().elsewhere;
    }

    @Test
    void everyRowIsGivenOnceInOneOrderWhateverTheLimit() {
        rows.populate();
        Map<Kind, Integer> expected = Map.of(
                Kind.ENTITY,
                GraphRowFixture.RUNS,
                Kind.EDGE,
                GraphRowFixture.RUNS - 1,
                Kind.CLAIM,
                GraphRowFixture.RUNS,
                Kind.FACET,
                2 * GraphRowFixture.RUNS,
                Kind.EVENT,
                GraphRowFixture.RUNS,
                Kind.READER,
                1);
        for (Kind kind : Kind.values()) {
            List<GraphRow> found = rows.rows(kind, here, Page.MAX_LIMIT);
            assertThat(found)
                    .as("%s", kind)
                    .hasSize(expected.get(kind))
                    .doesNotHaveDuplicates()
                    .allMatch(row -> row.kind() == kind);
            assertThat(rows.rows(kind, here, 7)).as("%s by 7", kind).isEqualTo(found);
        }
    }

    @Test
    void rowsTellAllThatWasWritten() {
        EntityRef run = graph().newRun();
        EntityRef model = graph().newRef(EntityType.MODEL);
        IndexEntry[] places = {
            IndexEntry.of("a", IndexValue.of(Double.NaN), IndexValue.of("ü"), IndexValue.of(""), IndexValue.of(-3L)),
            IndexEntry.of("b", IndexValue.of("x"))
        };
        Edge edge = new Edge(model, EdgeType.GENERATED_BY, run, 77);
        FacetUpdate number = number(run, model.id(), FacetKind.METRIC, "loss", Double.NaN, 3);
        FacetUpdate text = text(run, model.id(), FacetKind.TAG, "k", "ä😀");
        NewEvent event = graph().newEvent("run.made");
        long before = store.lastEventPosition();
        store.commit(Batch.in(here)
                .put(put(run, 0, "{\"first\":1}", places))
                .link(edge)
                .facet(number)
                .facet(text)
                .event(event)
                .build());
        store.commit(Batch.in(here).put(put(run, 1, "{}", places)).build());
        store.moveCursor(rows.reader, 0, Long.MAX_VALUE);
        Envelope entity = store.get(here, List.of(run.id())).get(run.id());
        assertThat(entity.revision()).isEqualTo(2);
        long position = store.events(before, 1000).stream()
                .filter(found -> found.event().equals(event))
                .findFirst()
                .orElseThrow()
                .position();
        assertThat(found(Kind.ENTITY)).containsExactly(new EntityRow(entity, List.of(places)));
        assertThat(found(Kind.EDGE)).containsExactly(new EdgeRow(here, edge));
        assertThat(found(Kind.FACET)).containsExactlyInAnyOrder(new FacetRow(here, number), new FacetRow(here, text));
        assertThat(found(Kind.EVENT)).containsExactly(new EventRow(new Event(position, here, event)));
        assertThat(found(Kind.READER)).containsExactly(new ReaderRow(rows.reader, Long.MAX_VALUE));
    }

    @Test
    void aCopyAnswersLikeTheOriginal() {
        rows.populate();
        copyAll();
        List<EntityId> ids = rows.runs.stream().map(EntityRef::id).toList();
        assertThat(store.get(copy, ids))
                .isEqualTo(changed(store.get(here, ids), entity -> GraphRowFixture.moved(entity, copy)));
        assertThat(asSets(store.facets(copy, ids))).isEqualTo(asSets(store.facets(here, ids)));
        for (int i = 0; i < GraphRowFixture.RUNS; i++) {
            String name = "name/ü " + i;
            assertThat(store.claim(copy, name))
                    .isEqualTo(store.claim(here, name))
                    .isPresent();
        }
        for (EntityType type : List.of(EntityType.RUN, EntityType.MODEL)) {
            for (String index : List.of(GraphRowFixture.INDEX, GraphRowFixture.SECOND_INDEX)) {
                for (boolean descending : List.of(false, true)) {
                    assertThat(listed(copy, type, index, descending))
                            .isEqualTo(listed(here, type, index, descending))
                            .isNotEmpty();
                }
                assertThat(store.count(query(copy, type, index, false, Optional.empty())))
                        .isEqualTo(store.count(query(here, type, index, false, Optional.empty())));
            }
            assertSameSearches(type);
        }
        for (Direction direction : Direction.values()) {
            assertThat(walk(copy, direction)).isEqualTo(walk(here, direction)).isNotEmpty();
        }
        assertThat(store.cursor("reader-" + copy)).isEqualTo(17);
    }

    private void assertSameSearches(EntityType type) {
        List<Condition> none = List.of();
        List<Condition> greater = List.of(
                new Condition.Compare(FacetKind.METRIC, "loss", Comparison.GREATER_OR_EQUAL, new Facet.Value.Num(-0.5)),
                new Condition.Compare(FacetKind.PARAM, "p", Comparison.NOT_EQUAL, new Facet.Value.Text("ü1")));
        List<Condition> nan = List.of(
                new Condition.Compare(FacetKind.METRIC, "loss", Comparison.EQUAL, new Facet.Value.Num(Double.NaN)));
        for (List<Condition> conditions : List.of(none, greater, nan)) {
            for (boolean descending : List.of(false, true)) {
                Order order = new Order.ByFacet(FacetKind.METRIC, "loss", descending);
                assertThat(searched(copy, type, conditions, List.of(order)))
                        .isEqualTo(searched(here, type, conditions, List.of(order)));
            }
            assertThat(searched(copy, type, conditions, List.of()))
                    .isEqualTo(searched(here, type, conditions, List.of()));
        }
        assertThat(searched(copy, type, none, List.of()))
                .hasSameElementsAs(rows.runs.stream()
                        .filter(run -> run.type() == type)
                        .map(EntityRef::id)
                        .toList());
    }

    @Test
    void aCopyGoesOnFromTheRevisionsItHas() {
        rows.populate();
        copyAll();
        EntityRef changed = rows.runs.get(3);
        assertRefused(
                () -> store.commit(Batch.in(copy).put(put(changed, 1, "{}")).build()),
                ErrorKind.CONFLICT,
                "store.revision");
        assertThat(store.commit(Batch.in(copy).put(put(changed, 2, "{}")).build()))
                .containsEntry(changed.id(), 3L);
        FacetUpdate older = number(rows.runs.get(8), rows.scope, FacetKind.METRIC, "loss", 100, 1);
        store.commit(Batch.in(copy).facet(older).build());
        EntityId run = rows.runs.get(8).id();
        assertThat(asSets(store.facets(copy, List.of(run)))).isEqualTo(asSets(store.facets(here, List.of(run))));
    }

    @Test
    void eventsGoOnAfterTheGreatestPosition() {
        rows.populate();
        long last = store.lastEventPosition();
        long raised = last + 1000;
        List<GraphRow> events = rows.rows(Kind.EVENT, here, 10).stream()
                .map(row -> GraphRowFixture.moved(row, copy, raised))
                .toList();
        // The later ones first: an import may be resumed anywhere.
        List<GraphRow> backwards = new ArrayList<>(events);
        Collections.reverse(backwards);
        GraphRowFixture.restore(store, backwards, 7);
        assertThat(store.lastEventPosition()).isEqualTo(position(events.get(events.size() - 1)));
        assertThat(store.events(last, GraphStore.MAX_EVENTS))
                .containsExactlyElementsOf(
                        events.stream().map(row -> ((EventRow) row).event()).toList());
        NewEvent next = graph().newEvent("run.made");
        store.commit(Batch.in(here).event(next).build());
        List<Event> after = store.events(position(events.get(events.size() - 1)), 10);
        assertThat(after).extracting(Event::event).containsExactly(next);
        assertThat(store.lastEventPosition()).isEqualTo(after.get(0).position());
    }

    private static long position(GraphRow event) {
        return ((EventRow) event).event().position();
    }

    @Test
    void restoringAgainChangesNothing() {
        rows.populate();
        copyAll();
        for (Kind kind : Kind.values()) {
            if (kind != Kind.EVENT) {
                List<GraphRow> once = rows.rows(kind, copy, 100);
                GraphRowFixture.restore(store, once, 11);
                GraphRowFixture.restore(store, once, 500);
                assertThat(rows.rows(kind, copy, 100)).as("%s", kind).isEqualTo(once);
            }
        }
        List<GraphRow> events = rows.rows(Kind.EVENT, here, 100);
        long last = store.lastEventPosition();
        GraphRowFixture.restore(store, events, 11);
        assertThat(rows.rows(Kind.EVENT, here, 100)).isEqualTo(events);
        assertThat(store.lastEventPosition()).isEqualTo(last);
    }

    @Test
    void aRowReplacesTheOneOfItsName() {
        EntityRef run = graph().makeRun(IndexEntry.of("a", IndexValue.of("old")), IndexEntry.of("b", IndexValue.of(1)));
        Envelope entity = new Envelope(run.id(), here, run.type(), 3, 41, 5, 6, "{\"restored\":1}");
        EntityRow restored = new EntityRow(entity, List.of(IndexEntry.of("a", IndexValue.of("new"))));
        store.restore(List.of(restored));
        assertThat(found(Kind.ENTITY)).containsExactly(restored);
        assertThat(store.get(here, List.of(run.id()))).containsExactly(Map.entry(run.id(), entity));
        assertThat(listedUnder("a", IndexValue.of("old"))).isEmpty();
        assertThat(listedUnder("b", IndexValue.of(1))).isEmpty();
        assertThat(listedUnder("a", IndexValue.of("new"))).containsExactly(run.id());

        FacetUpdate late = number(run, rows.scope, FacetKind.METRIC, "loss", 9, 9);
        graph().facets(late);
        FacetUpdate early = number(run, rows.scope, FacetKind.METRIC, "loss", 1, 1);
        store.restore(List.of(new FacetRow(here, early)));
        assertThat(store.facets(here, List.of(run.id()))).containsExactly(Map.entry(run.id(), List.of(early.facet())));

        store.restore(List.of(
                new ClaimRow(here, "n/a", "one"),
                new ReaderRow(rows.reader, 40),
                new EdgeRow(here, new Edge(run, EdgeType.USED, run, 1))));
        List<GraphRow> replaced = List.of(
                new ClaimRow(here, "n/a", "two"),
                new ReaderRow(rows.reader, 30),
                new EdgeRow(here, new Edge(run, EdgeType.USED, run, 2)));
        store.restore(replaced);
        assertThat(store.claim(here, "n/a")).contains("two");
        assertThat(store.cursor(rows.reader)).isEqualTo(30);
        assertThat(found(Kind.EDGE)).containsExactly(replaced.get(2));
    }

    @Test
    void whatIsRemovedIsGoneForEveryReader() {
        rows.populate();
        List<EntityId> ids = rows.runs.stream().map(EntityRef::id).toList();
        for (Kind kind : Kind.values()) {
            List<GraphRow> unwanted = found(kind);
            assertThat(store.remove(unwanted)).as("%s", kind).isEqualTo(unwanted.size());
            assertThat(store.remove(unwanted)).as("%s again", kind).isZero();
            assertThat(found(kind)).as("%s", kind).isEmpty();
        }
        assertThat(store.get(here, ids)).isEmpty();
        assertThat(store.facets(here, ids)).isEmpty();
        assertThat(store.claim(here, "name/ü 3")).isEmpty();
        assertThat(store.cursor(rows.reader)).isZero();
        for (EntityType type : List.of(EntityType.RUN, EntityType.MODEL)) {
            assertThat(listed(here, type, GraphRowFixture.INDEX, false)).isEmpty();
            assertThat(store.count(query(here, type, GraphRowFixture.INDEX, false, Optional.empty())))
                    .isZero();
            assertThat(searched(here, type, List.of(), List.of())).isEmpty();
        }
        assertThat(walk(here, Direction.UPSTREAM)).isEmpty();
        assertThat(graph().eventsAfter(0)).isEmpty();
    }

    @Test
    void onlyWhatIsStillAsGivenIsRemoved() {
        rows.populate();
        List<GraphRow> changed = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            changed.add(changed(found(kind).get(0)));
        }
        assertThat(store.remove(changed)).isZero();
        EntityRow stale = (EntityRow) found(Kind.ENTITY).get(0);
        EntityRef entity = new EntityRef(stale.entity().type(), stale.entity().id());
        store.commit(Batch.in(here)
                .put(put(entity, stale.entity().revision(), stale.entity().body()))
                .build());
        assertThat(store.remove(List.of(stale))).isZero();
        for (Kind kind : Kind.values()) {
            assertThat(found(kind)).as("%s", kind).isNotEmpty();
        }
        assertThat(store.get(here, List.of(entity.id()))).containsKey(entity.id());
    }

    private static GraphRow changed(GraphRow row) {
        if (row instanceof EntityRow entity) {
            Envelope old = entity.entity();
            Envelope other = new Envelope(
                    old.id(),
                    old.workspace(),
                    old.type(),
                    old.schema(),
                    old.revision() + 1,
                    old.created(),
                    old.updated(),
                    old.body());
            return new EntityRow(other, entity.indexed());
        } else if (row instanceof EdgeRow edge) {
            Edge old = edge.edge();
            return new EdgeRow(edge.workspace(), new Edge(old.from(), old.type(), old.to(), old.created() + 1));
        } else if (row instanceof ClaimRow claim) {
            return new ClaimRow(claim.workspace(), claim.name(), claim.value() + "x");
        } else if (row instanceof FacetRow facet) {
            FacetUpdate old = facet.facet();
            Facet other = new Facet(
                    old.facet().kind(),
                    old.facet().key(),
                    new Facet.Value.Num(123),
                    old.facet().step(),
                    old.facet().timestamp());
            return new FacetRow(facet.workspace(), new FacetUpdate(old.entity(), old.scope(), other));
        } else if (row instanceof EventRow event) {
            return new EventRow(new Event(
                    event.event().position() + 1_000_000,
                    event.event().workspace(),
                    event.event().event()));
        }
        return new ReaderRow(((ReaderRow) row).reader(), ((ReaderRow) row).position() + 1);
    }

    @Test
    void oneCallTakesRowsOfAllKindsAndWorkspaces() {
        EntityRef run = graph().newRun();
        Envelope entity = new Envelope(run.id(), here, run.type(), 1, 1, 1, 1, "{}");
        List<GraphRow> mixed = List.of(
                new EntityRow(entity, List.of()),
                new EntityRow(GraphRowFixture.moved(entity, copy), List.of()),
                new EdgeRow(here, new Edge(run, EdgeType.USED, run, 1)),
                new ClaimRow(copy, "n/b", "v"),
                new FacetRow(here, number(run, rows.scope, FacetKind.METRIC, "loss", 1, 1)),
                new ReaderRow(rows.reader, 4));
        store.restore(mixed);
        List<GraphRow> restored = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            restored.addAll(rows.rows(kind, here, 100));
            restored.addAll(rows.rows(kind, copy, 100));
        }
        assertThat(restored).containsExactlyInAnyOrderElementsOf(mixed);
        assertThat(store.remove(mixed)).isEqualTo(mixed.size());
        store.restore(List.of());
        assertThat(store.remove(List.of())).isZero();
    }

    @Test
    void theNumberOfRowsWrittenAtOnceIsBounded() {
        List<GraphRow> many = new ArrayList<>();
        for (int i = 0; i <= Page.MAX_LIMIT; i++) {
            many.add(new ClaimRow(here, "n/" + i, "v"));
        }
        assertRefused(() -> store.restore(many), ErrorKind.TOO_LARGE, "store.too-many-rows");
        assertThat(found(Kind.CLAIM)).isEmpty();
        store.restore(many.subList(0, Page.MAX_LIMIT));
        assertThat(found(Kind.CLAIM)).hasSize(Page.MAX_LIMIT);
        assertRefused(() -> store.remove(many), ErrorKind.TOO_LARGE, "store.too-many-rows");
        assertThat(found(Kind.CLAIM)).hasSize(Page.MAX_LIMIT);
        assertThat(store.remove(many.subList(1, many.size()))).isEqualTo(Page.MAX_LIMIT - 1);
    }

    @Test
    void strangeCursorsAndLimitsAreRefused() {
        rows.populate();
        for (Kind kind : List.of(Kind.ENTITY, Kind.EDGE, Kind.CLAIM, Kind.FACET, Kind.EVENT)) {
            Optional<String> cursor = store.rows(kind, 1, Optional.empty()).next();
            assertThat(cursor).isPresent();
            Optional<String> damaged = cursor.map(text -> text.substring(1));
            assertRefused(() -> store.rows(kind, 1, damaged), ErrorKind.INVALID, "page.cursor");
            for (Kind other : Kind.values()) {
                if (other != kind) {
                    assertRefused(() -> store.rows(other, 1, cursor), ErrorKind.INVALID, "page.cursor");
                }
            }
        }
        for (Kind kind : Kind.values()) {
            assertRefused(() -> store.rows(kind, 1, Optional.of("?")), ErrorKind.INVALID, "page.cursor");
            assertRefused(() -> store.rows(kind, 0, Optional.empty()), ErrorKind.INVALID, "page.limit");
            assertRefused(() -> store.rows(kind, 1001, Optional.empty()), ErrorKind.INVALID, "page.limit");
        }
    }

    @Test
    void anotherProcessSeesWhatWasRestored() {
        rows.populate();
        copyAll();
        EntityId run = rows.runs.get(0).id();
        assertThat(graph().otherHandle.get(copy, List.of(run))).isEqualTo(store.get(copy, List.of(run)));
        assertThat(graph().otherHandle.claim(copy, "name/ü 3")).contains("moved");
    }

    /** Copies everything but the events into the other workspace, as an import into an empty store does. */
    private void copyAll() {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.EVENT) {
                List<GraphRow> copied = found(kind).stream()
                        .map(row -> GraphRowFixture.moved(row, copy, 0))
                        .toList();
                GraphRowFixture.restore(store, copied, 13);
            }
        }
    }

    private List<GraphRow> found(Kind kind) {
        return rows.rows(kind, here, Page.MAX_LIMIT);
    }

    private static <K, V, R> Map<K, R> changed(Map<K, V> map, Function<V, R> change) {
        return map.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> change.apply(entry.getValue())));
    }

    private static Map<EntityId, Set<Facet>> asSets(Map<EntityId, List<Facet>> facets) {
        return changed(facets, Set::copyOf);
    }

    private EntityQuery query(
            Workspace workspace, EntityType type, String index, boolean descending, Optional<String> cursor) {
        return new EntityQuery(workspace, type, index, List.of(), descending, 4, cursor);
    }

    private List<EntityId> listed(Workspace workspace, EntityType type, String index, boolean descending) {
        return all(cursor -> store.query(query(workspace, type, index, descending, cursor))).stream()
                .map(Envelope::id)
                .toList();
    }

    private List<EntityId> listedUnder(String index, IndexValue key) {
        return store.query(graph().runs(index, false, 10, Optional.empty(), key)).items().stream()
                .map(Envelope::id)
                .toList();
    }

    private List<EntityId> searched(
            Workspace workspace, EntityType type, List<Condition> conditions, List<Order> orders) {
        return all(cursor ->
                store.search(new FacetQuery(workspace, type, List.of(rows.scope), conditions, orders, 4, cursor)));
    }

    /** The nodes and edges that a walk finds. */
    private Set<Object> walk(Workspace workspace, Direction direction) {
        EntityId start = rows.runs.get(direction == Direction.UPSTREAM ? 0 : 20).id();
        Traversal found = store.traverse(new TraversalQuery(workspace, List.of(start), direction, Set.of(), 10, 1000));
        Set<Object> all = new HashSet<>(found.nodes());
        all.addAll(found.edges());
        return all;
    }
}
