package dev.slipway.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every statement finds its rows through an index, however large the tables grow. */
class QueryPlanTest {
    /** A list that the caller gave, a single value, or rows that the statement itself has limited. */
    private static final Pattern SCANS_NO_TABLE =
            Pattern.compile("SCAN (json_each|start) VIRTUAL TABLE INDEX.*|SCAN CONSTANT ROW|SCAN \\(subquery-\\d+\\)");

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

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 20})
    void noSearchScansATable(int filters) {
        for (FacetSearchSql sql : FacetSearchSql.values()) {
            assertThat(plan(graph, sql.with(filters)))
                    .as(sql.name())
                    .noneMatch(sql.name().startsWith("FEW") ? QueryPlanTest::scans : QueryPlanTest::scansOrSorts);
        }
        assertThat(plan(graph, FacetSearchSql.COUNT)).noneMatch(QueryPlanTest::scansOrSorts);
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
        assertThat(plan(graph, () -> "SELECT * FROM facet WHERE entity = ?")).anyMatch(QueryPlanTest::scans);
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
