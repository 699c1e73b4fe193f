package dev.slipway.store.tests;

import static dev.slipway.store.tests.GraphFixture.all;
import static dev.slipway.store.tests.GraphFixture.number;
import static dev.slipway.store.tests.GraphFixture.text;
import static dev.slipway.store.tests.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Batch;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery;
import dev.slipway.store.graph.FacetQuery.Comparison;
import dev.slipway.store.graph.FacetQuery.Filter;
import dev.slipway.store.graph.FacetQuery.Order;
import dev.slipway.store.graph.FacetUpdate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entities are found by their facets. */
abstract class GraphSearchTests {
    private static final Order BY_LOSS = new Order(FacetKind.METRIC, "loss", false);
    private static final Order BY_LOSS_DESCENDING = new Order(FacetKind.METRIC, "loss", true);

    private EntityId scope;

    abstract GraphFixture graph();

    @BeforeEach
    void newScope() {
        scope = graph().newRun().id();
    }

    @Test
    void numbersAreOrderedWithNanGreatestAndThoseWithoutTheKeyLast() {
        EntityRef missing = graph().newRun();
        graph().facets(text(missing, scope, FacetKind.TAG, "a", "b"));
        EntityRef zero = withLoss(0.0);
        EntityRef nan = withLoss(Double.NaN);
        EntityRef least = withLoss(Double.NEGATIVE_INFINITY);
        EntityRef most = withLoss(Double.POSITIVE_INFINITY);
        EntityRef negative = withLoss(-3.0);
        EntityRef alsoMissing = graph().newRun();
        graph().facets(text(alsoMissing, scope, FacetKind.TAG, "a", "b"));
        for (int limit : List.of(1, 3, 100)) {
            assertThat(search(limit, Optional.of(BY_LOSS)))
                    .containsExactlyElementsOf(ids(least, negative, zero, most, nan, missing, alsoMissing));
            assertThat(search(limit, Optional.of(BY_LOSS_DESCENDING)))
                    .containsExactlyElementsOf(ids(nan, most, zero, negative, least, alsoMissing, missing));
        }
    }

    @Test
    void textsAreOrderedAndStandAfterNumbers() {
        EntityRef b = withParam("b");
        EntityRef number = graph().newRun();
        graph().facets(number(number, scope, FacetKind.PARAM, "p", 1e300, 0));
        EntityRef a = withParam("a");
        Order order = new Order(FacetKind.PARAM, "p", false);
        assertThat(search(1, Optional.of(order))).containsExactlyElementsOf(ids(number, a, b));
    }

    @Test
    void equalValuesStandInTheOrderOfIds() {
        List<EntityId> runs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            runs.add(withLoss(1.0).id());
        }
        assertThat(search(3, Optional.of(BY_LOSS))).isEqualTo(runs);
        Collections.reverse(runs);
        assertThat(search(3, Optional.of(BY_LOSS_DESCENDING))).isEqualTo(runs);
        assertThat(search(3, Optional.empty())).isEqualTo(runs);
    }

    @Test
    void everyComparisonOfNumbersHolds() {
        EntityRef one = withLoss(1);
        EntityRef two = withLoss(2);
        EntityRef nan = withLoss(Double.NaN);
        graph().facets(text(graph().newRun(), scope, FacetKind.METRIC, "loss", "2"));
        Facet.Value at = new Facet.Value.Num(2);
        assertFound(Comparison.EQUAL, at, two);
        assertFound(Comparison.NOT_EQUAL, at, nan, one);
        assertFound(Comparison.LESS, at, one);
        assertFound(Comparison.LESS_OR_EQUAL, at, two, one);
        assertFound(Comparison.GREATER, at, nan);
        assertFound(Comparison.GREATER_OR_EQUAL, at, nan, two);
        assertFound(Comparison.EQUAL, new Facet.Value.Num(Double.NaN), nan);
    }

    @Test
    void everyComparisonOfTextsHolds() {
        EntityRef a = graph().newRun();
        EntityRef b = graph().newRun();
        EntityRef emoji = graph().newRun();
        graph().facets(
                        text(a, scope, FacetKind.METRIC, "loss", "a"),
                        text(b, scope, FacetKind.METRIC, "loss", "b"),
                        text(emoji, scope, FacetKind.METRIC, "loss", "😀"));
        withLoss(3);
        Facet.Value at = new Facet.Value.Text("b");
        assertFound(Comparison.EQUAL, at, b);
        assertFound(Comparison.NOT_EQUAL, at, emoji, a);
        assertFound(Comparison.LESS, at, a);
        assertFound(Comparison.LESS_OR_EQUAL, at, b, a);
        assertFound(Comparison.GREATER, at, emoji);
        assertFound(Comparison.GREATER_OR_EQUAL, at, emoji, b);
    }

    @Test
    void otherScopesTypesAndWorkspacesAreOutOfSight() {
        withLoss(1);
        EntityRef model = graph().newRef(EntityType.MODEL);
        EntityRef outside = graph().newRun();
        graph().facets(
                        number(model, scope, FacetKind.METRIC, "loss", 1, 0),
                        number(outside, graph().newRun().id(), FacetKind.METRIC, "loss", 1, 0));
        for (Optional<Order> order : List.of(Optional.of(BY_LOSS), Optional.<Order>empty())) {
            assertThat(search(10, order)).hasSize(1).doesNotContain(model.id(), outside.id());
            assertThat(graph().store
                            .search(query(graph().elsewhere, List.of(), order, 10, Optional.empty()))
                            .items())
                    .isEmpty();
        }
    }

    @Test
    void aNewValueTakesThePlaceOfTheOldOne() {
        EntityRef run = graph().newRun();
        graph().facets(number(run, scope, FacetKind.METRIC, "loss", 5, 1));
        graph().facets(number(run, scope, FacetKind.METRIC, "loss", 3, 2));
        assertFound(Comparison.EQUAL, new Facet.Value.Num(5));
        assertFound(Comparison.EQUAL, new Facet.Value.Num(3), run);
    }

    /** Against a plain search in memory: enough entities that a store may choose among its ways of searching. */
    @Test
    void anyFiltersAndOrderGiveWhatALookAtEveryEntityGives() {
        List<SearchOracle.Row> rows = new ArrayList<>();
        Random random = new Random(3);
        Batch.Builder batch = Batch.in(graph().here);
        for (int i = 0; i < 300; i++) {
            SearchOracle.Row row = SearchOracle.row(graph().newRun(), random);
            rows.add(row);
            row.facets().forEach(facet -> batch.facet(new FacetUpdate(row.run(), scope, facet)));
        }
        graph().store.commit(batch.build());
        for (int seed = 0; seed < 120; seed++) {
            List<Filter> filters = SearchOracle.filters(new Random(seed));
            Optional<Order> order = SearchOracle.order(new Random(seed));
            List<EntityId> found = all(cursor -> graph().store.search(query(graph().here, filters, order, 37, cursor)));
            assertThat(found)
                    .as("seed %d, %s, %s", seed, filters, order)
                    .isEqualTo(SearchOracle.search(rows, filters, order));
        }
    }

    @Test
    void aCursorOfAnotherSearchIsRefused() {
        withLoss(1);
        withLoss(2);
        Optional<String> cursor = graph().store
                .search(query(graph().here, List.of(), Optional.of(BY_LOSS), 1, Optional.empty()))
                .next();
        assertThat(cursor).isPresent();
        List<FacetQuery> others = List.of(
                query(graph().here, List.of(), Optional.of(BY_LOSS_DESCENDING), 1, cursor),
                query(graph().here, List.of(), Optional.empty(), 1, cursor),
                query(graph().here, List.of(loss(Comparison.LESS, 5)), Optional.of(BY_LOSS), 1, cursor),
                query(graph().elsewhere, List.of(), Optional.of(BY_LOSS), 1, cursor),
                query(graph().here, List.of(), Optional.of(BY_LOSS), 1, Optional.of("x")));
        for (FacetQuery other : others) {
            assertRefused(() -> graph().store.search(other), ErrorKind.INVALID, "page.cursor");
        }
    }

    @Test
    void filtersAreBounded() {
        withLoss(1);
        List<Filter> filters = Collections.nCopies(FacetQuery.MAX_FILTERS, loss(Comparison.LESS, 5));
        assertThat(graph().store
                        .search(query(graph().here, filters, Optional.empty(), 1, Optional.empty()))
                        .items())
                .hasSize(1);
        List<Filter> tooMany = Collections.nCopies(FacetQuery.MAX_FILTERS + 1, loss(Comparison.LESS, 5));
        assertRefused(
                () -> query(graph().here, tooMany, Optional.empty(), 1, Optional.empty()),
                ErrorKind.INVALID,
                "search.filters");
    }

    private void assertFound(Comparison comparison, Facet.Value value, EntityRef... runs) {
        List<Filter> filters = List.of(new Filter(FacetKind.METRIC, "loss", comparison, value));
        assertThat(graph().store
                        .search(query(graph().here, filters, Optional.empty(), 10, Optional.empty()))
                        .items())
                .as("%s %s", comparison, value)
                .containsExactlyElementsOf(
                        ids(runs).stream().sorted(Collections.reverseOrder()).toList());
    }

    private static Filter loss(Comparison comparison, double value) {
        return new Filter(FacetKind.METRIC, "loss", comparison, new Facet.Value.Num(value));
    }

    private EntityRef withLoss(double loss) {
        EntityRef run = graph().newRun();
        graph().facets(number(run, scope, FacetKind.METRIC, "loss", loss, 0));
        return run;
    }

    private EntityRef withParam(String value) {
        EntityRef run = graph().newRun();
        graph().facets(text(run, scope, FacetKind.PARAM, "p", value));
        return run;
    }

    private static List<EntityId> ids(EntityRef... entities) {
        return List.of(entities).stream().map(EntityRef::id).toList();
    }

    private List<EntityId> search(int limit, Optional<Order> order) {
        return all(cursor -> graph().store.search(query(graph().here, List.of(), order, limit, cursor)));
    }

    private FacetQuery query(
            Workspace workspace, List<Filter> filters, Optional<Order> order, int limit, Optional<String> cursor) {
        return new FacetQuery(workspace, EntityType.RUN, scope, filters, order, limit, cursor);
    }
}
