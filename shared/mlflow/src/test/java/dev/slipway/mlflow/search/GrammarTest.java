package dev.slipway.mlflow.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.graph.FacetQuery.Comparison;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Filters and orders as people and MLflow's clients write them. */
class GrammarTest {
    private static final Set<Source> PLURAL =
            Set.of(Source.METRIC, Source.PARAM, Source.TAG, Source.ATTRIBUTE, Source.DATASET);

    /** A clause, and a way of writing it. */
    record Written(Clause clause, String text) {}

    @Property(tries = 300)
    void whatWasWrittenIsRead(@ForAll("filters") List<Written> filter, @ForAll boolean upperCase) {
        String and = upperCase ? " AND " : "\n and ";
        String text = filter.stream().map(Written::text).collect(Collectors.joining(and));

        assertThat(Clauses.filter(text))
                .isEqualTo(filter.stream().map(Written::clause).toList());
    }

    @Property(tries = 300)
    void anyTextIsReadOrRefused(@ForAll("scraps") String text) {
        try {
            Clauses.filter(text);
            Clauses.order(text);
        } catch (SlipwayException e) {
            assertThat(e.code()).startsWith("search.");
            assertThat(e.getMessage()).hasSizeLessThan(600);
        }
    }

    @Example
    void blankFiltersDemandNothing() {
        assertThat(Clauses.filter("")).isEmpty();
        assertThat(Clauses.filter(" \n\t")).isEmpty();
    }

    @Example
    void whatMlflowsDocumentationShowsIsRead() {
        for (String text : List.of(
                "metrics.rmse < 1 and params.model = 'tree'",
                "metrics.loss<=1e-3 AND metrics.`f1 score`>.5",
                "params.\"alpha ratio\" LIKE '%0.5%'",
                "tags.mlflow.source.name ILIKE '%Train.PY'",
                "attributes.run_id IN ('a', 'b') AND attribute.status != 'FAILED'",
                "run_name NOT IN ('x')",
                "tags.`mlflow.parentRunId` IS NOT NULL and params.x is null",
                "datasets.name = \"mnist\" and dataset.context IN ('train')",
                "start_time >= 1664067852747",
                "name = 'it''s'")) {
            assertThat(Clauses.filter(text)).as(text).isNotEmpty();
        }
    }

    @Example
    void ordersNameAFieldAndADirection() {
        assertThat(Clauses.order("metrics.`f1 score` DESC"))
                .isEqualTo(new Clauses.Order(new Field(Source.METRIC, "f1 score"), true));
        assertThat(Clauses.order("params.x asc")).isEqualTo(new Clauses.Order(new Field(Source.PARAM, "x"), false));
        assertThat(Clauses.order("start_time"))
                .isEqualTo(new Clauses.Order(new Field(Source.ATTRIBUTE, "start_time"), false));
        assertThat(Clauses.order("`Run name`"))
                .isEqualTo(new Clauses.Order(new Field(Source.ATTRIBUTE, "Run name"), false));
    }

    @Example
    void messagesSayWhereAndWhat() {
        refused("metrics.a > ", "character 13", "the end");
        refused("metrics.a > 'x'", "a number");
        refused("params.a = x", "a text in quotes", "'x'");
        refused("params.a = 'x", "not closed");
        refused("metrics.a > 1 OR metrics.b > 2", "AND", "'OR'");
        refused("metric$.a = 1", "character 7");
        refused("secrets.a = 1", "'secrets'");
        refused("run_id IN ()", "a text in quotes");
        refused("params.a NOT = 'x'", "comparison");
        refused("metrics. > 1", "a key");
        assertThatThrownBy(() -> Clauses.order("start_time SIDEWAYS")).hasMessageContaining("'SIDEWAYS'");
    }

    private static void refused(String text, String... parts) {
        assertThatThrownBy(() -> Clauses.filter(text))
                .isInstanceOf(SlipwayException.class)
                .hasMessageContainingAll(parts);
    }

    @Provide
    Arbitrary<List<Written>> filters() {
        return Combinators.combine(fields(), tests())
                .as((field, criterion) -> new Written(
                        new Clause(field.clauseField(), criterion.criterion()), field.text() + " " + criterion.text()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    record WrittenField(Field clauseField, String text) {}

    record WrittenTest(Criterion criterion, String text) {}

    private static Arbitrary<WrittenField> fields() {
        Arbitrary<String> bare = Arbitraries.strings()
                .withChars("abzAZ019_-/.")
                .ofMinLength(1)
                .ofMaxLength(12)
                .map(key -> "k" + key);
        Arbitrary<String> any = Arbitraries.strings().ofMinLength(1).ofMaxLength(12);
        Arbitrary<Source> sources = Arbitraries.of(Source.class);
        Arbitrary<WrittenField> plain = Combinators.combine(sources, bare)
                .as((source, key) -> new WrittenField(new Field(source, key), word(source) + "." + key));
        Arbitrary<WrittenField> quoted = Combinators.combine(sources, any, Arbitraries.of("`", "\""))
                .as((source, key, quote) -> new WrittenField(
                        new Field(source, key),
                        word(source) + "." + quote + key.replace(quote, quote + quote) + quote));
        return Arbitraries.oneOf(plain, quoted);
    }

    private static String word(Source source) {
        String word = source.name().toLowerCase(Locale.ROOT);
        return PLURAL.contains(source) ? word + "s" : word;
    }

    private static Arbitrary<WrittenTest> tests() {
        Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(20);
        Arbitrary<WrittenTest> numbers = Combinators.combine(
                        Arbitraries.of(Comparison.class), Arbitraries.doubles().filter(Double::isFinite))
                .as((comparison, value) ->
                        new WrittenTest(new Criterion.Numeric(comparison, value), symbol(comparison) + value));
        Arbitrary<WrittenTest> equal =
                texts.map(value -> new WrittenTest(new Criterion.Text(Comparison.EQUAL, value), "=" + quoted(value)));
        Arbitrary<WrittenTest> like =
                texts.map(value -> new WrittenTest(new Criterion.Like(value, true), "iLike " + quoted(value)));
        Arbitrary<WrittenTest> in = texts.list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(values -> new WrittenTest(
                        new Criterion.In(values, true),
                        "not in (" + values.stream().map(GrammarTest::quoted).collect(Collectors.joining(" , "))
                                + ")"));
        Arbitrary<WrittenTest> none = Arbitraries.just(new WrittenTest(new Criterion.Null(true), "IS NOT null"));
        return Arbitraries.oneOf(numbers, equal, like, in, none);
    }

    private static String symbol(Comparison comparison) {
        return switch (comparison) {
            case EQUAL -> "= ";
            case NOT_EQUAL -> "!=";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<= ";
            case GREATER -> "> ";
            case GREATER_OR_EQUAL -> ">=";
        };
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    @Provide
    Arbitrary<String> scraps() {
        return Arbitraries.of(
                        "metrics.a",
                        "params.",
                        "`",
                        "'x'",
                        "\"y\"",
                        "=",
                        "<",
                        ">=",
                        "!",
                        "IN",
                        "(",
                        ")",
                        ",",
                        "AND",
                        "IS",
                        "NOT",
                        "NULL",
                        "1.5",
                        "-",
                        "LIKE",
                        " ",
                        "\u0000",
                        "é",
                        ".",
                        "tags.`k`",
                        "run")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}
