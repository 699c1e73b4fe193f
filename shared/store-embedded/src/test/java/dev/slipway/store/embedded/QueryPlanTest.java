package dev.slipway.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.embedded.FacetTest.Clause;
import dev.slipway.store.embedded.SearchOrder.ByName;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every statement finds its rows through an index, however large the tables grow. */
class QueryPlanTest {
    /** A list that the caller gave, a single value, or rows that the statement itself has limited. */
    private static final Pattern SCANS_NO_TABLE = Pattern.compile(
            "SCAN (json_each|start|listed) VIRTUAL TABLE INDEX.*|SCAN CONSTANT ROW|SCAN \\(subquery-\\d+\\)");

    private static final SearchStatements STATEMENTS = new SearchStatements(1);
    private static final FacetTest RANGE = FacetTest.any(1).above(3L).below(8L);
    private static final ByName ASCENDING = new ByName(1, false);
    private static final ByName DESCENDING = new ByName(1, true);
    private static final Set<EntityId> IDS = Set.of(new EntityId("0".repeat(32)));

    private static final List<SearchSource> SOURCES = List.of(
            new SearchSource.Entities(),
            new SearchSource.Passing(RANGE),
            new SearchSource.Passing(FacetTest.any(1).with(new TextPattern("%a%", false).clause("%s.value"))),
            new SearchSource.Passing(FacetTest.equal(1, "text")),
            new SearchSource.Listed(IDS));
    private static final SearchConditions NONE = new SearchConditions(Map.of(), Set.of(), List.of(), Optional.empty());
    private static final List<SearchConditions> CONDITIONS = List.of(
            NONE,
            NONE.and(RANGE),
            NONE.and(FacetTest.any(2)).and(FacetTest.equal(3, 5L)).lacking(4).lacking(5),
            NONE.and(FacetTest.any(6).with(new Clause("%s.value IN (SELECT value FROM json_each(?))", "[]"))),
            new SearchConditions(
                    Map.of(),
                    Set.of(),
                    List.of(
                            new Clause("%s.entity NOT IN (SELECT unhex(value) FROM json_each(?))", "[]"),
                            new TextPattern("%a%", true).clause("lower(hex(%s.entity))"),
                            new Clause(
                                    "EXISTS (SELECT 1 FROM facet AS f WHERE f.entity = %s.entity"
                                            + " AND f.name IN (SELECT value FROM json_each(?)))",
                                    "[]")),
                    Optional.empty()));
    private static final SearchConditions AMONG = new SearchConditions(Map.of(), Set.of(), List.of(), Optional.of(IDS));
    private static final List<SearchOrder> ORDERS = List.of(
            new SearchOrder(List.of(), true),
            new SearchOrder(List.of(ASCENDING), true),
            new SearchOrder(List.of(DESCENDING, new ByName(2, false)), true),
            new SearchOrder(List.of(new ByName(9, true), ASCENDING, new ByName(2, true)), false));

    @TempDir
    Path folder;

    private Database graph;
    private Database metrics;

    @BeforeEach
    void open() {
        graph = Database.open(folder.resolve("graph.db"), GraphSchema.STEPS, 1);
        metrics = Database.open(folder.resolve("metrics.db"), MetricSchema.STEPS, 1);
    }

    @AfterEach
    void close() {
        graph.close();
        metrics.close();
    }

    @ParameterizedTest
    @EnumSource(GraphSql.class)
    void noStatementOnTheGraphScansATable(GraphSql sql) {
        assertThat(plan(graph, sql)).noneMatch(QueryPlanTest::scansOrSorts);
    }

    @ParameterizedTest
    @EnumSource(MetricSql.class)
    void noStatementOnTheMetricsScansATable(MetricSql sql) {
        assertThat(plan(metrics, sql)).noneMatch(QueryPlanTest::scansOrSorts);
    }

    @Test
    void noSearchScansATable() {
        for (SearchSource source : SOURCES) {
            for (SearchConditions conditions :
                    Stream.concat(CONDITIONS.stream(), Stream.of(AMONG)).toList()) {
                for (SearchOrder order : ORDERS) {
                    for (Optional<Found> after : List.of(Optional.<Found>empty(), Optional.of(place(order)))) {
                        SearchSql sql = STATEMENTS.find(source, conditions, order, after, Optional.empty(), 10);
                        assertThat(plan(graph, sql)).as(sql.text()).noneMatch(QueryPlanTest::scans);
                    }
                }
            }
        }
    }

    private static Found place(SearchOrder order) {
        return new Found(Collections.nCopies(order.facets().size(), 1L), new EntityId("0".repeat(32)));
    }

    @Test
    void walksStandInTheOrderOfTheirIndex() {
        SearchOrder ids = new SearchOrder(List.of(), true);
        SearchSource oneValue = new SearchSource.Passing(FacetTest.equal(1, 5L));
        Optional<Found> after = Optional.of(place(ids));
        for (SearchSource source : List.of(new SearchSource.Entities(), oneValue)) {
            for (SearchOrder order : List.of(ids, new SearchOrder(List.of(), false))) {
                assertThat(plan(graph, STATEMENTS.idAt(source, order, after, 100)))
                        .noneMatch(QueryPlanTest::scansOrSorts)
                        .anyMatch(step -> step.contains("entity" + (order.idsDescending() ? "<" : ">") + "?"));
                for (SearchConditions conditions : CONDITIONS) {
                    assertThat(plan(
                                    graph,
                                    STATEMENTS.find(
                                            source,
                                            conditions,
                                            order,
                                            after,
                                            Optional.of(after.get().entity()),
                                            10)))
                            .noneMatch(QueryPlanTest::scansOrSorts)
                            .anyMatch(step -> step.contains("entity>? AND entity<?"));
                }
            }
        }
        for (ByName by : List.of(ASCENDING, DESCENDING)) {
            assertThat(plan(graph, STATEMENTS.valueAt(RANGE, by, 100))).noneMatch(QueryPlanTest::scansOrSorts);
            for (SearchConditions conditions : CONDITIONS) {
                SearchOrder order = new SearchOrder(List.of(by), true);
                assertThat(plan(
                                graph,
                                STATEMENTS.find(
                                        new SearchSource.Passing(RANGE),
                                        conditions,
                                        order,
                                        Optional.empty(),
                                        Optional.empty(),
                                        10)))
                        .noneMatch(QueryPlanTest::scans)
                        .noneMatch(step -> step.equals("USE TEMP B-TREE FOR ORDER BY"))
                        .anyMatch(step -> step.contains("value>? AND value<?"));
            }
        }
    }

    @Test
    void countsGoThroughAnIndex() {
        assertThat(plan(graph, STATEMENTS.count(RANGE, 10))).noneMatch(QueryPlanTest::scansOrSorts);
        assertThat(plan(graph, STATEMENTS.count())).noneMatch(QueryPlanTest::scansOrSorts);
    }

    @Test
    void pagesOfEntitiesBeginAtTheirCursor() {
        for (GraphSql sql : List.of(GraphSql.ENTRIES_ASCENDING, GraphSql.ENTRIES_DESCENDING, GraphSql.ENTRIES_COUNT)) {
            assertThat(plan(graph, sql))
                    .anyMatch(step -> step.contains("(k1,k2,k3,k4,id)>(?,?,?,?,?)")
                            && step.contains("(k1,k2,k3,k4,id)<(?,?,?,?,?)"));
        }
    }

    @Test
    void aScanIsRecognised() {
        assertThat(plan(graph, () -> "SELECT * FROM entity WHERE body = ?")).anyMatch(QueryPlanTest::scans);
        assertThat(plan(graph, () -> "SELECT * FROM facet WHERE name = ?")).anyMatch(QueryPlanTest::scans);
        assertThat(plan(graph, () -> "SELECT * FROM edge WHERE workspace = ? ORDER BY created"))
                .anyMatch(QueryPlanTest::scansOrSorts);
    }

    private static boolean scansOrSorts(String step) {
        return scans(step) || step.contains("TEMP B-TREE");
    }

    private static boolean scans(String step) {
        return step.startsWith("SCAN") && !SCANS_NO_TABLE.matcher(step).matches();
    }

    private static List<String> plan(Database database, Sql sql) {
        return database.read(session -> steps(session, sql));
    }

    private static List<String> steps(Session session, Sql sql) throws SQLException {
        Object[] values =
                new Object[(int) sql.text().chars().filter(c -> c == '?').count()];
        Arrays.fill(values, "[]");
        return new ArrayList<>(
                session.query(() -> "EXPLAIN QUERY PLAN " + sql.text(), row -> row.getString("detail"), values));
    }
}
