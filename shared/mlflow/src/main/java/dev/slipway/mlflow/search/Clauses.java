package dev.slipway.mlflow.search;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.graph.FacetQuery.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads filters and orders, as MLflow's documentation of search gives their grammar:
 *
 * <pre>
 * filter  = [ clause { AND clause } ]
 * clause  = field comparison ( number | text ) | field ( LIKE | ILIKE ) text
 *         | field [ NOT ] IN "(" text { "," text } ")" | field IS [ NOT ] NULL
 * order   = field [ ASC | DESC ]
 * field   = [ source "." ] key
 * </pre>
 *
 * Keywords are read in either case; a key with other characters than letters, digits and {@code _.-+/:} stands in back quotes
 * or double quotes.
 */
final class Clauses {
    private static final int MOST_IN_LIST = 1000;

    private static final Map<String, Comparison> COMPARISONS = Map.of(
            "=", Comparison.EQUAL,
            "==", Comparison.EQUAL,
            "!=", Comparison.NOT_EQUAL,
            "<>", Comparison.NOT_EQUAL,
            "<", Comparison.LESS,
            "<=", Comparison.LESS_OR_EQUAL,
            ">", Comparison.GREATER,
            ">=", Comparison.GREATER_OR_EQUAL);

    private final String text;
    private final List<Token> tokens;
    private int next;

    private Clauses(String text) {
        this.text = text;
        this.tokens = Tokens.of(text);
    }

    /** The clauses of a filter, none for a blank one. */
    static List<Clause> filter(String text) {
        return new Clauses(text).filter();
    }

    /** A field to order by. */
    record Order(Field field, boolean descending) {}

    static Order order(String text) {
        return new Clauses(text).order();
    }

    private List<Clause> filter() {
        List<Clause> clauses = new ArrayList<>();
        if (peek().type() == Token.Type.END) {
            return clauses;
        }
        do {
            clauses.add(new Clause(field(), criterion()));
        } while (accept("AND"));
        expectEnd("AND or the end");
        return clauses;
    }

    private Order order() {
        Field field = field();
        boolean descending = accept("DESC");
        if (!descending) {
            accept("ASC");
        }
        expectEnd("ASC, DESC or the end");
        return new Order(field, descending);
    }

    private Field field() {
        Token token = take();
        if (token.type() == Token.Type.BACK_QUOTED || token.type() == Token.Type.QUOTED) {
            return new Field(Source.ATTRIBUTE, token.text());
        }
        if (token.type() != Token.Type.WORD) {
            throw expected("a field such as metrics.accuracy", token);
        }
        int dot = token.text().indexOf('.');
        if (dot < 0) {
            return new Field(Source.ATTRIBUTE, token.text());
        }
        String word = token.text().substring(0, dot);
        Source source = Source.of(word).orElseThrow(() -> unknownSource(word));
        String key = token.text().substring(dot + 1);
        boolean goesOn = key.isEmpty() || (source == Source.SPAN && key.equals(SpanClause.ATTRIBUTES));
        return new Field(source, goesOn ? key + quotedKey() : key);
    }

    private String quotedKey() {
        Token token = take();
        if (token.type() != Token.Type.BACK_QUOTED && token.type() != Token.Type.QUOTED) {
            throw expected("a key", token);
        }
        return token.text();
    }

    private Criterion criterion() {
        if (accept("IS")) {
            boolean negated = accept("NOT");
            expect("NULL");
            return new Criterion.Null(negated);
        }
        if (accept("LIKE")) {
            return new Criterion.Like(quoted(), false);
        }
        if (accept("ILIKE")) {
            return new Criterion.Like(quoted(), true);
        }
        boolean negated = accept("NOT");
        if (accept("IN")) {
            return new Criterion.In(list(), negated);
        }
        Token operator = take();
        Comparison comparison = operator.type() == Token.Type.SYMBOL ? COMPARISONS.get(operator.text()) : null;
        if (negated || comparison == null) {
            throw expected("a comparison: =, !=, <, <=, >, >=, LIKE, ILIKE, [NOT] IN (…) or IS [NOT] NULL", operator);
        }
        return compared(comparison);
    }

    private Criterion compared(Comparison comparison) {
        if (peek().type() == Token.Type.NUMBER) {
            return new Criterion.Numeric(comparison, Double.parseDouble(take().text()));
        }
        if (comparison != Comparison.EQUAL && comparison != Comparison.NOT_EQUAL) {
            throw expected("a number, as texts are only compared by =, !=, LIKE, ILIKE and IN", peek());
        }
        return new Criterion.Text(comparison, quoted());
    }

    private List<String> list() {
        expect("(");
        List<String> values = new ArrayList<>();
        do {
            values.add(quoted());
        } while (accept(","));
        expect(")");
        if (values.size() > MOST_IN_LIST) {
            throw SlipwayException.invalid(
                    "search.syntax", "A list has at most " + MOST_IN_LIST + " texts, not " + values.size() + ".");
        }
        return values;
    }

    private String quoted() {
        Token token = take();
        if (token.type() != Token.Type.QUOTED) {
            throw expected("a text in quotes", token);
        }
        return token.text();
    }

    private Token peek() {
        return tokens.get(next);
    }

    /** The end can be taken again and again. */
    private Token take() {
        Token token = peek();
        if (token.type() != Token.Type.END) {
            next++;
        }
        return token;
    }

    private boolean accept(String word) {
        if (peek().is(word)) {
            next++;
            return true;
        }
        return false;
    }

    private void expect(String word) {
        if (!accept(word)) {
            throw expected(word, peek());
        }
    }

    private void expectEnd(String what) {
        if (peek().type() != Token.Type.END) {
            throw expected(what, peek());
        }
    }

    private SlipwayException expected(String what, Token found) {
        return SlipwayException.invalid(
                "search.syntax",
                "Expected " + what + " at character " + (found.start() + 1) + " of \u201c" + shortened(text)
                        + "\u201d, found " + found.shown() + ".");
    }

    private static SlipwayException unknownSource(String word) {
        return SlipwayException.invalid(
                "search.source",
                "'" + word + "' is nothing that can be searched; write metrics.…, params.…, tags.…, attributes.… or"
                        + " datasets.… .");
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
