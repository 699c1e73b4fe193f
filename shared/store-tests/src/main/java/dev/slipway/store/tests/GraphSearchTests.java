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
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.store.graph.FacetQuery.Order;
import dev.slipway.store.graph.FacetRemoval;
import dev.slipway.store.graph.FacetUpdate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entities are found by their facets. */
abstract class GraphSearchTests {
    private static final Order BY_LOSS = new Order.ByFacet(FacetKind.METRIC, "loss", false);
    private static final Order BY_LOSS_DESCENDING = new Order.ByFacet(FacetKind.METRIC, "loss", true);

    private EntityId scope;

    abstract GraphFixture graph();

    @BeforeEach
    void newScope() {
        scope = graph().newRun().id();
    }

    @Test
    void nanStandsAfterAllNumbersAndThoseWithoutTheKeyLastInEitherDirection() {
        EntityRef missing = graph().newRun();
        graph().facets(text(missing, scope, FacetKind.TAG, "a", "b"));
        EntityRef zero = withLoss(0.0);
        EntityRef negativeZero = withLoss(-0.0);
        EntityRef nan = withLoss(Double.NaN);
        EntityRef least = withLoss(Double.NEGATIVE_INFINITY);
        EntityRef most = withLoss(Double.POSITIVE_INFINITY);
        EntityRef negative = withLoss(-3.0);
        EntityRef alsoNan = withLoss(Double.NaN);
        EntityRef alsoMissing = graph().newRun();
        graph().facets(text(alsoMissing, scope, FacetKind.TAG, "a", "b"));
        for (int limit : List.of(1, 2, 3, 4, 5, 6, 7, 100)) {
            assertThat(search(limit, BY_LOSS))
                    .containsExactlyElementsOf(
                            ids(least, negative, negativeZero, zero, most, alsoNan, nan, alsoMissing, missing));
            assertThat(search(limit, BY_LOSS_DESCENDING))
                    .containsExactlyElementsOf(
                            ids(most, zero, negativeZero, negative, least, alsoNan, nan, alsoMissing, missing));
        }
    }

    @Test
    void textsAreOrderedAndStandAfterNumbersOrBeforeThemWhenDescending() {
        EntityRef b = withParam("b");
        EntityRef number = graph().newRun();
        EntityRef nan = graph().newRun();
        graph().facets(
                        number(number, scope, FacetKind.PARAM, "p", 1e300, 0),
                        number(nan, scope, FacetKind.PARAM, "p", Double.NaN, 0));
        EntityRef a = withParam("a");
        assertThat(search(1, new Order.ByFacet(FacetKind.PARAM, "p", false)))
                .containsExactlyElementsOf(ids(number, nan, a, b));
        assertThat(search(1, new Order.ByFacet(FacetKind.PARAM, "p", true)))
                .containsExactlyElementsOf(ids(b, a, number, nan));
    }

    @Test
    void equalValuesStandNewestFirst() {
        List<EntityId> runs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            runs.add(withLoss(1.0).id());
        }
        assertThat(search(3, BY_LOSS, new Order.ById(false))).isEqualTo(runs);
        assertThat(search(3, new Order.ById(false), BY_LOSS)).isEqualTo(runs);
        Collections.reverse(runs);
        assertThat(search(3, BY_LOSS)).isEqualTo(runs);
        assertThat(search(3, BY_LOSS_DESCENDING)).isEqualTo(runs);
        assertThat(search(3)).isEqualTo(runs);
        assertThat(search(3, BY_LOSS_DESCENDING, new Order.ById(true))).isEqualTo(runs);
    }

    @Test
    void whatIsEqualInOneOrderStandsInTheNext() {
        List<List<EntityRef>> groups = new ArrayList<>();
        for (String optimizer : List.of("adam", "sgd")) {
            List<EntityRef> group = new ArrayList<>();
            for (double loss : List.of(0.5, 0.25, 0.75, 0.25)) {
                EntityRef run = withLoss(loss);
                graph().facets(text(run, scope, FacetKind.PARAM, "optimizer", optimizer));
                group.add(run);
            }
            groups.add(group);
        }
        EntityRef without = withLoss(0.1);
        List<EntityRef> adam = groups.get(0);
        List<EntityRef> sgd = groups.get(1);
        for (int limit = 1; limit <= 7; limit++) {
            assertThat(search(limit, new Order.ByFacet(FacetKind.PARAM, "optimizer", true), BY_LOSS))
                    .containsExactlyElementsOf(ids(
                            sgd.get(3),
                            sgd.get(1),
                            sgd.get(0),
                            sgd.get(2),
                            adam.get(3),
                            adam.get(1),
                            adam.get(0),
                            adam.get(2),
                            without));
        }
    }

    @Test
    void longTextsStandInOrderAndPagesGoOnAmongThem() {
        String start = "ü😀".repeat(2000);
        List<EntityRef> runs = new ArrayList<>();
        for (String end : List.of("b", "a", "", "c", "b")) {
            runs.add(withParam(start + end));
        }
        assertThat(search(1, new Order.ByFacet(FacetKind.PARAM, "p", false)))
                .containsExactlyElementsOf(ids(runs.get(2), runs.get(1), runs.get(4), runs.get(0), runs.get(3)));
        assertThat(search(2, new Order.ByFacet(FacetKind.PARAM, "p", true)))
                .containsExactlyElementsOf(ids(runs.get(3), runs.get(4), runs.get(0), runs.get(1), runs.get(2)));
        assertFound(
                new Condition.Compare(FacetKind.PARAM, "p", Comparison.EQUAL, new Facet.Value.Text(start + "a")),
                runs.get(1));
        assertFound(new Condition.Like(FacetKind.PARAM, "p", "ü%b", false), runs.get(4), runs.get(0));
    }

    @Test
    void severalScopesAreSearchedAsOne() {
        EntityId other = graph().newRun().id();
        EntityId third = graph().newRun().id();
        List<EntityRef> runs = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            EntityRef run = graph().newRun();
            graph().facets(number(
                    run, List.of(scope, other, third).get(i % 3), FacetKind.METRIC, "loss", Math.floorDiv(i, 2), 0));
            runs.add(run);
        }
        for (int limit = 1; limit <= 7; limit++) {
            int each = limit;
            assertThat(all(cursor -> graph().store
                            .search(new FacetQuery(
                                    graph().here,
                                    EntityType.RUN,
                                    List.of(scope, third, other, scope),
                                    List.of(),
                                    List.of(BY_LOSS),
                                    each,
                                    cursor))))
                    .isEqualTo(ids(
                            runs.get(1),
                            runs.get(0),
                            runs.get(3),
                            runs.get(2),
                            runs.get(5),
                            runs.get(4),
                            runs.get(7),
                            runs.get(6),
                            runs.get(8)));
            assertThat(all(cursor -> graph().store
                            .search(new FacetQuery(
                                    graph().here,
                                    EntityType.RUN,
                                    List.of(scope, other),
                                    List.of(),
                                    List.of(),
                                    each,
                                    cursor))))
                    .isEqualTo(ids(runs.get(7), runs.get(6), runs.get(4), runs.get(3), runs.get(1), runs.get(0)));
        }
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
    void textsAreFoundAmongOthers() {
        EntityRef a = withParam("a");
        EntityRef quoted = withParam("say \"hi\", \\o/\n");
        EntityRef empty = withParam("");
        EntityRef number = graph().newRun();
        graph().facets(number(number, scope, FacetKind.PARAM, "p", 1, 0));
        withLoss(1);
        assertFound(in(false, "a", "b", "1.0", "1"), a);
        assertFound(in(false, "say \"hi\", \\o/\n", ""), empty, quoted);
        assertFound(in(false));
        assertFound(in(true, "a"), empty, quoted);
        assertFound(in(true), empty, quoted, a);
        assertFound(new Condition.In(FacetKind.PARAM, "unknown", List.of("a"), true));
    }

    private static Condition in(boolean negated, String... values) {
        return new Condition.In(FacetKind.PARAM, "p", List.of(values), negated);
    }

    @Test
    void patternsMatchWholeTexts() {
        EntityRef lower = withParam("resnet-50");
        EntityRef upper = withParam("ResNet-50");
        EntityRef odd = withParam("100%_*?[x]\\");
        EntityRef umlaut = withParam("Äpfel");
        EntityRef emoji = withParam("a😀\nb");
        EntityRef empty = withParam("");
        EntityRef number = graph().newRun();
        graph().facets(number(number, scope, FacetKind.PARAM, "p", 5, 0));
        assertFound(like("resnet%", false), lower);
        assertFound(like("RESNET%", true), upper, lower);
        assertFound(like("%-50", false), upper, lower);
        assertFound(like("resnet", false));
        assertFound(like("resnet-50", false), lower);
        assertFound(like("res_et-_0", false), lower);
        assertFound(like("%*?[x]%", false), odd);
        assertFound(like("%[A-Z]%", false));
        assertFound(like("%\\", false), odd);
        assertFound(like("*", false));
        assertFound(like("äpfel", true));
        assertFound(like("ÄPFEL", true), umlaut);
        assertFound(like("Ä_fel", false), umlaut);
        assertFound(like("_pfel", false), umlaut);
        assertFound(like("a_%b", false), emoji);
        assertFound(like("a__b", false), emoji);
        assertFound(like("a___b", false));
        assertFound(like("", false), empty);
        assertFound(like("%", false), empty, emoji, umlaut, odd, upper, lower);
        assertFound(new Condition.Like(FacetKind.TAG, "p", "%", false));
    }

    private static Condition like(String pattern, boolean ignoreCase) {
        return new Condition.Like(FacetKind.PARAM, "p", pattern, ignoreCase);
    }

    @Test
    void entitiesAreFoundByTheKeysTheyHave() {
        EntityRef loss = withLoss(Double.NaN);
        EntityRef param = withParam("");
        EntityRef both = withLoss(1);
        graph().facets(text(both, scope, FacetKind.PARAM, "p", "x"));
        assertFound(exists(FacetKind.METRIC, false, "loss"), both, loss);
        assertFound(exists(FacetKind.METRIC, true, "loss"), param);
        assertFound(exists(FacetKind.METRIC, false, "p", "unknown", "loss"), both, loss);
        assertFound(exists(FacetKind.METRIC, true, "p", "unknown"), both, param, loss);
        assertFound(exists(FacetKind.METRIC, false));
        assertFound(exists(FacetKind.METRIC, true), both, param, loss);
        assertThat(found(exists(FacetKind.METRIC, false, "loss"), exists(FacetKind.PARAM, true, "p")))
                .isEqualTo(ids(loss));
        assertThat(found(exists(FacetKind.METRIC, false, "loss"), exists(FacetKind.METRIC, true, "loss")))
                .isEmpty();
    }

    private static Condition exists(FacetKind kind, boolean negated, String... keys) {
        return new Condition.Exists(kind, List.of(keys), negated);
    }

    @Test
    void entitiesAreFoundByTheirIds() {
        EntityRef first = withLoss(1);
        EntityRef second = withLoss(2);
        EntityRef elsewhere = graph().newRun();
        graph().facets(number(elsewhere, graph().newRun().id(), FacetKind.METRIC, "loss", 1, 0));
        List<EntityId> ids =
                List.of(first.id(), elsewhere.id(), graph().newRun().id(), first.id());
        assertFound(new Condition.Ids(ids, false), first);
        assertFound(new Condition.Ids(ids, true), second);
        assertFound(new Condition.Ids(List.of(), false));
        assertFound(new Condition.Ids(List.of(), true), second, first);
        String id = first.id().value();
        assertFound(new Condition.IdLike(id, false), first);
        assertFound(new Condition.IdLike(id.toUpperCase(Locale.ROOT), true), first);
        assertFound(new Condition.IdLike("%" + id.substring(20), false), first);
        assertFound(new Condition.IdLike(id.substring(0, 31), true));
        assertFound(new Condition.IdLike("_".repeat(32), false), second, first);
        assertThat(found(new Condition.Ids(ids, false), new Condition.Ids(List.of(second.id()), false)))
                .isEmpty();
    }

    @Test
    void whatIsRemovedIsNoLongerFound() {
        EntityRef run = withLoss(1);
        EntityRef other = withLoss(2);
        graph().facets(text(run, scope, FacetKind.TAG, "a", "b"));
        graph().store
                .commit(Batch.in(graph().here)
                        .remove(new FacetRemoval(run, FacetKind.METRIC, "loss"))
                        .remove(new FacetRemoval(other, FacetKind.METRIC, "loss"))
                        .build());
        assertThat(search(1)).isEqualTo(ids(run));
        assertFound(exists(FacetKind.METRIC, true, "loss"), run);
        assertFound(loss(Comparison.LESS, 5));
    }

    @Test
    void otherScopesTypesAndWorkspacesAreOutOfSight() {
        withLoss(1);
        EntityRef model = graph().newRef(EntityType.MODEL);
        EntityRef outside = graph().newRun();
        graph().facets(
                        number(model, scope, FacetKind.METRIC, "loss", 1, 0),
                        number(outside, graph().newRun().id(), FacetKind.METRIC, "loss", 1, 0));
        for (List<Order> orders : List.of(List.of(BY_LOSS), List.<Order>of())) {
            assertThat(search(10, orders.toArray(new Order[0]))).hasSize(1).doesNotContain(model.id(), outside.id());
            assertThat(graph().store
                            .search(query(graph().elsewhere, List.of(), orders, 10, Optional.empty()))
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
    void anyConditionsAndOrdersGiveWhatALookAtEveryEntityGives() {
        List<EntityId> scopes = List.of(scope, graph().newRun().id());
        List<SearchOracle.Row> rows = randomRows(300, scopes);
        for (int seed = 0; seed < 250; seed++) {
            assertAsTheOracle(rows, scopes, seed, 37);
        }
    }

    @Test
    void pagesOfAnyLimitGoThroughEverything() {
        List<EntityId> scopes = List.of(scope, graph().newRun().id());
        List<SearchOracle.Row> rows = randomRows(60, scopes);
        for (int seed = 0; seed < 84; seed++) {
            assertAsTheOracle(rows, scopes, seed, 1 + seed % 7);
        }
    }

    private List<SearchOracle.Row> randomRows(int count, List<EntityId> scopes) {
        List<SearchOracle.Row> rows = new ArrayList<>();
        RandomSearch random = new RandomSearch(3);
        Batch.Builder batch = Batch.in(graph().here);
        for (int i = 0; i < count; i++) {
            SearchOracle.Row row = random.row(graph().newRun(), scopes);
            rows.add(row);
            row.facets().forEach(facet -> batch.facet(new FacetUpdate(row.run(), row.scope(), facet)));
        }
        graph().store.commit(batch.build());
        return rows;
    }

    private void assertAsTheOracle(List<SearchOracle.Row> rows, List<EntityId> scopes, long seed, int limit) {
        RandomSearch random = new RandomSearch(seed);
        List<EntityId> searched = random.scopes(scopes);
        List<Condition> conditions = random.conditions(rows);
        List<Order> orders = random.orders();
        List<EntityId> found = all(cursor -> graph().store
                .search(new FacetQuery(graph().here, EntityType.RUN, searched, conditions, orders, limit, cursor)));
        assertThat(found)
                .as("seed %d, %s, %s", seed, conditions, orders)
                .isEqualTo(SearchOracle.search(rows, searched, conditions, orders));
    }

    @Test
    void aCursorOfAnotherSearchIsRefused() {
        withLoss(1);
        withLoss(2);
        Optional<String> cursor = graph().store
                .search(query(graph().here, List.of(), List.of(BY_LOSS), 1, Optional.empty()))
                .next();
        assertThat(cursor).isPresent();
        List<FacetQuery> others = List.of(
                query(graph().here, List.of(), List.of(BY_LOSS_DESCENDING), 1, cursor),
                query(graph().here, List.of(), List.of(BY_LOSS, BY_LOSS_DESCENDING), 1, cursor),
                query(graph().here, List.of(), List.of(), 1, cursor),
                query(graph().here, List.of(loss(Comparison.LESS, 5)), List.of(BY_LOSS), 1, cursor),
                query(graph().elsewhere, List.of(), List.of(BY_LOSS), 1, cursor),
                new FacetQuery(
                        graph().here,
                        EntityType.RUN,
                        List.of(graph().newRun().id()),
                        List.of(),
                        List.of(BY_LOSS),
                        1,
                        cursor),
                query(graph().here, List.of(), List.of(BY_LOSS), 1, Optional.of("x")));
        for (FacetQuery other : others) {
            assertRefused(() -> graph().store.search(other), ErrorKind.INVALID, "page.cursor");
        }
    }

    @Test
    void searchesAreBounded() {
        EntityRef run = withLoss(1);
        List<Condition> conditions = Collections.nCopies(FacetQuery.MAX_CONDITIONS, loss(Comparison.LESS, 5));
        List<Order> orders = Collections.nCopies(FacetQuery.MAX_ORDERS, BY_LOSS);
        assertThat(graph().store
                        .search(query(graph().here, conditions, orders, 1, Optional.empty()))
                        .items())
                .containsExactly(run.id());
        assertRefused(
                () -> query(
                        graph().here,
                        Collections.nCopies(FacetQuery.MAX_CONDITIONS + 1, loss(Comparison.LESS, 5)),
                        List.of(),
                        1,
                        Optional.empty()),
                ErrorKind.INVALID,
                "search.conditions");
        assertRefused(
                () -> query(
                        graph().here,
                        List.of(),
                        Collections.nCopies(FacetQuery.MAX_ORDERS + 1, BY_LOSS),
                        1,
                        Optional.empty()),
                ErrorKind.INVALID,
                "search.orders");
        for (List<EntityId> scopes : List.of(List.<EntityId>of(), Collections.nCopies(1001, scope))) {
            assertRefused(
                    () -> new FacetQuery(
                            graph().here, EntityType.RUN, scopes, List.of(), List.of(), 1, Optional.empty()),
                    ErrorKind.INVALID,
                    "search.scopes");
        }
        assertRefused(
                () -> in(false, Collections.nCopies(1001, "v").toArray(new String[0])),
                ErrorKind.INVALID,
                "search.values");
        assertRefused(() -> like("x".repeat(6001), false), ErrorKind.INVALID, "search.pattern");
        assertRefused(() -> like("a\u0000", false), ErrorKind.INVALID, "search.pattern");
    }

    /** What would take a backtracking matcher for ever. */
    @Test
    void longPatternsAreMatchedInTime() {
        EntityRef run = withParam("a".repeat(20_000) + "b");
        assertFound(like("%a".repeat(40) + "%b", false), run);
        assertFound(like("%a".repeat(40) + "%c", true));
        assertFound(like("%".repeat(6000), false), run);
        assertFound(like("%" + "a".repeat(1000) + "b", true), run);
    }

    private void assertFound(Comparison comparison, Facet.Value value, EntityRef... runs) {
        assertFound(new Condition.Compare(FacetKind.METRIC, "loss", comparison, value), runs);
    }

    private void assertFound(Condition condition, EntityRef... runs) {
        assertThat(found(condition)).as("%s", condition).isEqualTo(ids(runs));
    }

    private List<EntityId> found(Condition... conditions) {
        return graph().store
                .search(query(graph().here, List.of(conditions), List.of(), 10, Optional.empty()))
                .items();
    }

    private static Condition loss(Comparison comparison, double value) {
        return new Condition.Compare(FacetKind.METRIC, "loss", comparison, new Facet.Value.Num(value));
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

    private List<EntityId> search(int limit, Order... orders) {
        return all(cursor -> graph().store.search(query(graph().here, List.of(), List.of(orders), limit, cursor)));
    }

    private FacetQuery query(
            Workspace workspace, List<Condition> conditions, List<Order> orders, int limit, Optional<String> cursor) {
        return new FacetQuery(workspace, EntityType.RUN, List.of(scope), conditions, orders, limit, cursor);
    }
}
