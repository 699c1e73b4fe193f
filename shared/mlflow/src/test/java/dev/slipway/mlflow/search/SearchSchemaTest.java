package dev.slipway.mlflow.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery.Comparison;
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.store.graph.FacetQuery.Order;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What clauses mean for one type of entity. */
class SearchSchemaTest {
    private static final EntityId ID = new EntityId("01a200a14892718bbb11076fe2d2ccbb");

    private static final SearchSchema RUNS = SearchSchema.of(
                    "runs", Source.METRIC, Source.PARAM, Source.TAG, Source.DATASET)
            .id("run_id", text -> text.equals(ID.value()) ? Optional.of(ID) : Optional.empty())
            .text("run_name", "run_name", "Run name")
            .number("start_time", "start_time", "created")
            .flag("is_prompt");

    @Test
    void eachSourceIsSearchedAsItsFacets() {
        assertThat(
                        RUNS.conditions(
                                "metrics.a >= 2 AND params.b = 'x' AND tags.c LIKE '%y' AND created < 7 AND `Run name` IN ('z')"))
                .containsExactly(
                        metric(Comparison.GREATER_OR_EQUAL, 2),
                        metric(Comparison.LESS_OR_EQUAL, Double.POSITIVE_INFINITY),
                        new Condition.Compare(FacetKind.PARAM, "b", Comparison.EQUAL, new Facet.Value.Text("x")),
                        new Condition.Like(FacetKind.TAG, "c", "%y", false),
                        new Condition.Compare(
                                FacetKind.ATTRIBUTE, "start_time", Comparison.LESS, new Facet.Value.Num(7)),
                        new Condition.In(FacetKind.ATTRIBUTE, "run_name", List.of("z"), false));
        assertThat(RUNS.conditions(null)).isEmpty();
    }

    private static Condition metric(Comparison comparison, double value) {
        return new Condition.Compare(FacetKind.METRIC, "a", comparison, new Facet.Value.Num(value));
    }

    @Test
    void nanIsGreaterThanNothingAndBothZerosAreZero() {
        assertThat(RUNS.conditions("metrics.a > 0"))
                .containsExactly(
                        metric(Comparison.GREATER, 0.0), metric(Comparison.LESS_OR_EQUAL, Double.POSITIVE_INFINITY));
        assertThat(RUNS.conditions("metrics.a = 0"))
                .containsExactly(metric(Comparison.GREATER_OR_EQUAL, -0.0), metric(Comparison.LESS_OR_EQUAL, 0.0));
        assertThat(RUNS.conditions("metrics.a < -0")).containsExactly(metric(Comparison.LESS, -0.0));
        assertThat(RUNS.conditions("metrics.a != 0"))
                .containsExactly(metric(Comparison.NOT_EQUAL, 0.0), metric(Comparison.NOT_EQUAL, -0.0));
    }

    @Test
    void whatIsDemandedOfSpansIsNoConditionOnTraces() {
        SearchSchema traces = SearchSchema.of("traces", Source.TAG, Source.SPAN);
        String filter =
                "span.name = 'ask' AND tags.a = 'x' AND span.attributes.`odd key` LIKE '%y' AND trace.text ILIKE 'z%'"
                        + " AND span.attributes.a.b IN ('c')";
        assertThat(traces.spans(filter))
                .containsExactly(
                        new SpanClause("name", new Criterion.Text(Comparison.EQUAL, "ask")),
                        new SpanClause("attributes.odd key", new Criterion.Like("%y", false)),
                        new SpanClause("content", new Criterion.Like("z%", true)),
                        new SpanClause("attributes.a.b", new Criterion.In(List.of("c"), false)));
        assertThat(traces.conditions(filter))
                .containsExactly(
                        new Condition.Compare(FacetKind.TAG, "a", Comparison.EQUAL, new Facet.Value.Text("x")));
        for (String wrong : List.of("span.colour = 'x'", "span.name = 3", "span.content = 'x'", "span.type IS NULL")) {
            assertThatThrownBy(() -> traces.spans(wrong)).as(wrong).hasMessageContaining("span");
        }
        assertThatThrownBy(() -> traces.orders(List.of("span.name"))).hasMessageContaining("ordered");
        assertThatThrownBy(() -> RUNS.conditions("span.name = 'x'")).hasMessageContaining("search of runs knows no");
    }

    @Test
    void tracesAreSearchedByWhatOthersThinkOfThemAndByTheirRuns() {
        SearchSchema traces = SearchSchema.of("traces", Source.METADATA, Source.FEEDBACK, Source.EXPECTATION)
                .members("run/", "run_id");
        assertThat(traces.conditions("metadata.a = 'b' AND feedback.good = 'yes' AND feedback.good IS NOT NULL"
                        + " AND expectation.sum != 3 AND trace.run_id = 'r' AND run_id NOT IN ('s', 't')"))
                .containsExactly(
                        new Condition.Compare(FacetKind.PARAM, "a", Comparison.EQUAL, new Facet.Value.Text("b")),
                        new Condition.Compare(
                                FacetKind.ATTRIBUTE, "feedback/good", Comparison.EQUAL, new Facet.Value.Text("yes")),
                        new Condition.Exists(FacetKind.ATTRIBUTE, List.of("feedback/good"), false),
                        new Condition.Compare(
                                FacetKind.ATTRIBUTE, "expectation/sum", Comparison.NOT_EQUAL, new Facet.Value.Num(3)),
                        new Condition.Exists(FacetKind.ATTRIBUTE, List.of("run/r"), false),
                        new Condition.Exists(FacetKind.ATTRIBUTE, List.of("run/s", "run/t"), true));
        assertThat(traces.orders(List.of("metadata.a DESC")))
                .containsExactly(new Order.ByFacet(FacetKind.PARAM, "a", true));
        for (String order : List.of("run_id", "feedback.good")) {
            assertThatThrownBy(() -> traces.orders(List.of(order))).hasMessageContaining("ordered");
        }
        for (String filter : List.of("feedback.a = 'b'", "metadata.a = 'b'")) {
            assertThatThrownBy(() -> RUNS.conditions(filter)).hasMessageContaining("search of runs knows no");
        }
    }

    @Test
    void absenceAndIdsAreConditionsToo() {
        assertThat(RUNS.conditions("tags.c IS NULL AND params.d IS NOT NULL"))
                .containsExactly(
                        new Condition.Exists(FacetKind.TAG, List.of("c"), true),
                        new Condition.Exists(FacetKind.PARAM, List.of("d"), false));
        assertThat(RUNS.conditions("run_id = '" + ID + "' AND run_id NOT IN ('" + ID + "', 'no id')"))
                .containsExactly(new Condition.Ids(List.of(ID), false), new Condition.Ids(List.of(ID), true));
        assertThat(RUNS.conditions("run_id = 'no id'")).containsExactly(new Condition.Ids(List.of(), false));
    }

    @Test
    void aFlagThatIsMissingIsFalse() {
        Condition set =
                new Condition.Compare(FacetKind.TAG, "is_prompt", Comparison.EQUAL, new Facet.Value.Text("true"));
        Condition missing = new Condition.Exists(FacetKind.TAG, List.of("is_prompt"), true);
        assertThat(RUNS.conditions("tags.is_prompt = 'true' AND tags.is_prompt != 'false'"))
                .containsExactly(set, set);
        assertThat(RUNS.conditions("tags.is_prompt = 'false' AND tags.is_prompt != 'true'"))
                .containsExactly(missing, missing);
    }

    @Test
    void datasetsAreLeftToWhoKnowsThem() {
        Condition used = new Condition.Exists(FacetKind.DATASET, List.of("name/1"), false);
        assertThat(RUNS.conditions("datasets.name = 'mnist'", (attribute, criterion) -> {
                    assertThat(attribute).isEqualTo("name");
                    assertThat(criterion).isEqualTo(new Criterion.Text(Comparison.EQUAL, "mnist"));
                    return used;
                }))
                .containsExactly(used);
    }

    @Test
    void ordersStandInTheirTurn() {
        assertThat(RUNS.orders(List.of("params.b", "metrics.a DESC", "created DESC", "run_id")))
                .containsExactly(
                        new Order.ByFacet(FacetKind.PARAM, "b", false),
                        new Order.ByFacet(FacetKind.METRIC, "a", true),
                        new Order.ByFacet(FacetKind.ATTRIBUTE, "start_time", true),
                        new Order.ById(false));
        assertThat(RUNS.orders(null)).isEmpty();
    }

    @Test
    void whatTheEntitiesDoNotHaveIsRefused() {
        refused("metrics.a = 'x'", "metrics.a", "a number");
        refused("params.a = 1", "params.a", "a text in quotes");
        refused("params.a IN ('x')", "params.a");
        refused("metrics.a IS NULL", "a number");
        refused("start_time = 'x'", "a number");
        refused("colour = 'x'", "'colour'", "run_name, start_time");
        refused("datasets.size = 'x'", "context, digest, name");
        refused("datasets.name IS NULL", "datasets.name");
        assertThatThrownBy(() -> SearchSchema.of("experiments").conditions("metrics.a = 1"))
                .hasMessageContaining("experiments");
        assertThatThrownBy(() -> RUNS.orders(List.of("metrics.a", "metrics.a DESC")))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> RUNS.orders(List.of("datasets.name"))).hasMessageContaining("datasets");
    }

    private static void refused(String filter, String... parts) {
        assertThatThrownBy(() -> RUNS.conditions(filter)).hasMessageContainingAll(parts);
    }
}
