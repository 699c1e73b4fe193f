package dev.slipway.training.run;

import dev.slipway.api.training.RunCondition;
import dev.slipway.api.training.RunCondition.Operator;
import dev.slipway.api.training.RunSource;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.mlflow.search.Criterion;
import dev.slipway.mlflow.search.DatasetConditions;
import dev.slipway.mlflow.search.Numbers;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery.Comparison;
import dev.slipway.store.graph.FacetQuery.Condition;
import java.util.List;
import java.util.Set;

/** Turns the conditions of callers into those of the store. */
final class RunConditions {
    private static final Set<String> TEXTS = Set.of("run_name", "status", "user_id");
    private static final Set<String> NUMBERS = Set.of("start_time", "end_time");
    private static final Set<String> OF_DATASETS = Set.of("name", "digest", "context");

    private RunConditions() {}

    /** All that a condition demands. */
    static List<Condition> of(RunCondition condition, DatasetConditions datasets) {
        checkKey(condition);
        if (condition.source() == RunSource.DATASET) {
            return List.of(datasets.of(condition.key(), criterion(condition)));
        }
        FacetKind kind = kind(condition.source());
        if (condition.operator() == Operator.EXISTS || condition.operator() == Operator.MISSING) {
            return List.of(
                    new Condition.Exists(kind, List.of(condition.key()), condition.operator() == Operator.MISSING));
        }
        if (kind == FacetKind.METRIC || (kind == FacetKind.ATTRIBUTE && NUMBERS.contains(condition.key()))) {
            return Numbers.conditions(kind, condition.key(), number(condition));
        }
        return List.of(text(kind, condition));
    }

    private static void checkKey(RunCondition condition) {
        boolean known =
                switch (condition.source()) {
                    case ATTRIBUTE -> TEXTS.contains(condition.key()) || NUMBERS.contains(condition.key());
                    case DATASET -> OF_DATASETS.contains(condition.key());
                    case METRIC, PARAM, TAG ->
                        !condition.key().isEmpty() && condition.key().length() <= Facet.MAX_KEY;
                };
        if (!known) {
            throw SlipwayException.invalid(
                    "search.attribute", "Runs can't be searched by " + shown(condition) + ": there is no such thing.");
        }
    }

    /** The facets that hold what is searched by. */
    static FacetKind kind(RunSource source) {
        return switch (source) {
            case METRIC -> FacetKind.METRIC;
            case PARAM -> FacetKind.PARAM;
            case TAG -> FacetKind.TAG;
            case ATTRIBUTE -> FacetKind.ATTRIBUTE;
            case DATASET -> FacetKind.DATASET;
        };
    }

    private static Criterion.Numeric number(RunCondition condition) {
        Comparison comparison =
                switch (condition.operator()) {
                    case EQUAL -> Comparison.EQUAL;
                    case NOT_EQUAL -> Comparison.NOT_EQUAL;
                    case LESS -> Comparison.LESS;
                    case LESS_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
                    case GREATER -> Comparison.GREATER;
                    case GREATER_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
                    case LIKE, LIKE_IGNORING_CASE, IN, NOT_IN, EXISTS, MISSING -> throw wrong(condition, "a number");
                };
        if (condition.number() == null) {
            throw wrong(condition, "a number");
        }
        return new Criterion.Numeric(comparison, condition.number());
    }

    private static Condition text(FacetKind kind, RunCondition condition) {
        String key = condition.key();
        return switch (condition.operator()) {
            case EQUAL -> new Condition.Compare(kind, key, Comparison.EQUAL, new Facet.Value.Text(one(condition)));
            case NOT_EQUAL ->
                new Condition.Compare(kind, key, Comparison.NOT_EQUAL, new Facet.Value.Text(one(condition)));
            case LIKE -> new Condition.Like(kind, key, one(condition), false);
            case LIKE_IGNORING_CASE -> new Condition.Like(kind, key, one(condition), true);
            case IN -> new Condition.In(kind, key, condition.texts(), false);
            case NOT_IN -> new Condition.In(kind, key, condition.texts(), true);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EXISTS, MISSING -> throw wrong(condition, "a text");
        };
    }

    private static Criterion criterion(RunCondition condition) {
        return switch (condition.operator()) {
            case EQUAL -> new Criterion.Text(Comparison.EQUAL, one(condition));
            case NOT_EQUAL -> new Criterion.Text(Comparison.NOT_EQUAL, one(condition));
            case LIKE -> new Criterion.Like(one(condition), false);
            case LIKE_IGNORING_CASE -> new Criterion.Like(one(condition), true);
            case IN -> new Criterion.In(condition.texts(), false);
            case NOT_IN -> new Criterion.In(condition.texts(), true);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, EXISTS, MISSING -> throw wrong(condition, "a text");
        };
    }

    private static String one(RunCondition condition) {
        if (condition.texts().size() != 1) {
            throw wrong(condition, "one text");
        }
        return condition.texts().get(0);
    }

    private static SlipwayException wrong(RunCondition condition, String right) {
        return SlipwayException.invalid(
                "search.value",
                "The condition on " + shown(condition) + " does not fit: compare it by another operator, with " + right
                        + ".");
    }

    private static String shown(RunCondition condition) {
        String key = condition.key();
        return condition.source() + " '" + (key.length() > 80 ? key.substring(0, 80) + "…" : key) + "'";
    }
}
