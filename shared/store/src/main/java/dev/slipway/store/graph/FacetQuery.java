package dev.slipway.store.graph;

import dev.slipway.kernel.EntityType;
import dev.slipway.kernel.Page;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Asks for the entities of one type whose facets satisfy all conditions, in any of several scopes as if these were one.
 *
 * <p>They stand in the order of the first of {@code orders}, those that are equal in it in the order of the second, and so
 * on; what is equal in all of them stands newest first, by descending ids, unless the ids are among the orders. Only
 * entities that have at least one facet are found.
 *
 * @param scopes 1 to {@value #MAX_SCOPES}
 * @param conditions at most {@value #MAX_CONDITIONS}
 * @param orders at most {@value #MAX_ORDERS}
 * @param limit 1 to {@link Page#MAX_LIMIT}
 * @param cursor what a page of the same query gave; one of another query is refused with {@code page.cursor}
 */
public record FacetQuery(
        Workspace workspace,
        EntityType type,
        List<EntityId> scopes,
        List<Condition> conditions,
        List<Order> orders,
        int limit,
        Optional<String> cursor) {
    public static final int MAX_SCOPES = 1000;
    public static final int MAX_CONDITIONS = 50;
    public static final int MAX_ORDERS = 8;
    /** So many values, keys or ids stand in one condition at most. */
    public static final int MAX_VALUES = 1000;
    /** So many characters a pattern has at most. */
    public static final int MAX_PATTERN = 6000;

    public FacetQuery {
        scopes = List.copyOf(scopes);
        conditions = List.copyOf(conditions);
        orders = List.copyOf(orders);
        if (scopes.isEmpty()) {
            throw SlipwayException.invalid("search.scopes", "A search names no scope; name at least one.");
        }
        atMost(MAX_SCOPES, scopes, "search.scopes", "A search", "scopes");
        atMost(MAX_CONDITIONS, conditions, "search.conditions", "A search", "conditions");
        atMost(MAX_ORDERS, orders, "search.orders", "A search", "orders");
        Page.checkLimit(limit);
    }

    private static void atMost(int most, Collection<?> parts, String code, String whole, String what) {
        if (parts.size() > most) {
            throw SlipwayException.invalid(
                    code, whole + " has " + most + " " + what + " at most, not " + parts.size() + ".");
        }
    }

    private static void checkPattern(String pattern) {
        if (pattern.length() > MAX_PATTERN) {
            throw SlipwayException.invalid(
                    "search.pattern",
                    "A pattern has " + MAX_PATTERN + " characters at most, not " + pattern.length() + ".");
        }
        if (pattern.indexOf('\0') >= 0) {
            throw SlipwayException.invalid("search.pattern", "A pattern has no NUL character.");
        }
    }

    /** What an entity satisfies or does not. */
    public sealed interface Condition {
        /**
         * The entity has the facet and its value compares so. Numbers and texts never compare, not even as unequal;
         * numbers compare as {@link OrderedDouble} has them, texts by their UTF-8 bytes.
         */
        record Compare(FacetKind kind, String key, Comparison comparison, Facet.Value value) implements Condition {}

        /**
         * The facet is a text that is, or is not, among the values. An entity that lacks the key or has a number there
         * satisfies neither.
         *
         * @param values at most {@value FacetQuery#MAX_VALUES}
         */
        record In(FacetKind kind, String key, List<String> values, boolean negated) implements Condition {
            public In {
                values = List.copyOf(values);
                atMost(MAX_VALUES, values, "search.values", "A condition", "values");
            }
        }

        /**
         * The facet is a text that the whole of the pattern matches, in which {@code %} stands for any characters, also
         * none, and {@code _} for exactly one Unicode character; nothing escapes them.
         *
         * @param pattern at most {@value FacetQuery#MAX_PATTERN} characters, no NUL
         * @param ignoreCase whether A to Z are as good as a to z; other letters are always told apart
         */
        record Like(FacetKind kind, String key, String pattern, boolean ignoreCase) implements Condition {
            public Like {
                checkPattern(pattern);
            }
        }

        /**
         * The entity has any of the keys or, negated, none of them.
         *
         * @param keys at most {@value FacetQuery#MAX_VALUES}
         */
        record Exists(FacetKind kind, List<String> keys, boolean negated) implements Condition {
            public Exists {
                keys = List.copyOf(keys);
                atMost(MAX_VALUES, keys, "search.values", "A condition", "keys");
            }
        }

        /**
         * The entity's id is, or is not, among these.
         *
         * @param ids at most {@value FacetQuery#MAX_VALUES}
         */
        record Ids(List<EntityId> ids, boolean negated) implements Condition {
            public Ids {
                ids = List.copyOf(ids);
                atMost(MAX_VALUES, ids, "search.values", "A condition", "ids");
            }
        }

        /** The pattern matches the entity's id, as {@link Like} has it. */
        record IdLike(String pattern, boolean ignoreCase) implements Condition {
            public IdLike {
                checkPattern(pattern);
            }
        }
    }

    /** What entities stand in the order of. */
    public sealed interface Order {
        /**
         * By a facet's value: numbers before texts when ascending, after them when descending; NaN after all other
         * numbers either way; entities that lack the key come last either way.
         */
        record ByFacet(FacetKind kind, String key, boolean descending) implements Order {}

        record ById(boolean descending) implements Order {}
    }

    public enum Comparison {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }
}
