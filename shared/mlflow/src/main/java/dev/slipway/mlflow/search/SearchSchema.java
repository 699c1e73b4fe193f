package dev.slipway.mlflow.search;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetKind;
import dev.slipway.store.graph.FacetQuery.Comparison;
import dev.slipway.store.graph.FacetQuery.Condition;
import dev.slipway.store.graph.FacetQuery.Order;
import io.micronaut.core.annotation.Nullable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What of one type of entity can be searched by MLflow's grammar, and where that stands in the store. Immutable: each method
 * that adds something returns a schema of its own.
 *
 * @param entities for messages: {@code runs}
 * @param sources besides attributes, which every entity has
 * @param attributes by each name that they go by
 * @param flags tags that count as {@code false} where they are missing
 */
public record SearchSchema(String entities, Set<Source> sources, Map<String, Attribute> attributes, Set<String> flags) {
    private static final String TRUE = "true";
    private static final String TEXT = "text";

    public SearchSchema {
        sources = Set.copyOf(sources);
        attributes = Map.copyOf(attributes);
        flags = Set.copyOf(flags);
    }

    /** An attribute that can be searched and ordered by. */
    sealed interface Attribute {
        /** A text, kept as a facet of this key. */
        record Text(String key) implements Attribute {}

        /** A number, kept as a facet of this key. */
        record Numeric(String key) implements Attribute {}

        /**
         * The entity's id.
         *
         * @param read gives the id that stands in a filter; empty for what can't be one
         */
        record EntityIdentity(Function<String, Optional<EntityId>> read) implements Attribute {}

        /** Several texts, each kept as a facet whose key is the prefix and the text. */
        record Members(String prefix) implements Attribute {}
    }

    public static SearchSchema of(String entities, Source... sources) {
        return new SearchSchema(entities, Set.of(sources), Map.of(), Set.of());
    }

    /** With a text, kept as the facet ATTRIBUTE {@code key}, that goes by these names. */
    public SearchSchema text(String key, String... names) {
        return with(new Attribute.Text(key), names);
    }

    /** With a number, kept as the facet ATTRIBUTE {@code key}, that goes by these names. */
    public SearchSchema number(String key, String... names) {
        return with(new Attribute.Numeric(key), names);
    }

    /** With the entity's id, which goes by this name. */
    public SearchSchema id(String name, Function<String, Optional<EntityId>> read) {
        return with(new Attribute.EntityIdentity(read), name);
    }

    /** With several texts, each kept as a facet ATTRIBUTE whose key is {@code prefix} and the text, that go by this name. */
    public SearchSchema members(String prefix, String name) {
        return with(new Attribute.Members(prefix), name);
    }

    /** The key of the facet ATTRIBUTE that holds an assessment of this name; FEEDBACK and EXPECTATION have some. */
    public static String assessment(Source source, String name) {
        return source.name().toLowerCase(Locale.ROOT) + "/" + name;
    }

    /** With a tag that is {@code true}, or {@code false} where it is missing. */
    public SearchSchema flag(String tag) {
        Set<String> more = new HashSet<>(flags);
        more.add(tag);
        return new SearchSchema(entities, sources, attributes, more);
    }

    private SearchSchema with(Attribute attribute, String... names) {
        Map<String, Attribute> more = new HashMap<>(attributes);
        for (String name : names) {
            more.put(name, attribute);
        }
        return new SearchSchema(entities, sources, more, flags);
    }

    /**
     * What a filter demands; nothing for a blank one.
     *
     * @throws SlipwayException {@code INVALID} with code {@code search.…} for a filter that can't be read, or asks for what
     *     these entities don't have
     */
    public List<Condition> conditions(@Nullable String filter) {
        return conditions(filter, (attribute, criterion) -> {
            throw unsearchable("datasets." + attribute);
        });
    }

    /** As {@link #conditions(String)}, for entities that use datasets. */
    public List<Condition> conditions(@Nullable String filter, DatasetConditions datasets) {
        return filter == null
                ? List.of()
                : Clauses.filter(filter).stream()
                        .flatMap(clause -> conditions(clause, datasets).stream())
                        .toList();
    }

    /** What a filter demands of the spans of a trace, all of it of one and the same; the conditions say nothing of that. */
    public List<SpanClause> spans(@Nullable String filter) {
        return filter == null
                ? List.of()
                : Clauses.filter(filter).stream()
                        .filter(clause -> isSpan(clause.field()))
                        .map(SearchSchema::span)
                        .toList();
    }

    /** The text of a trace is that of its spans. */
    private boolean isSpan(Field field) {
        return field.source() == Source.SPAN
                || (field.source() == Source.ATTRIBUTE && field.key().equals(TEXT) && sources.contains(Source.SPAN));
    }

    private static SpanClause span(Clause clause) {
        Field field = clause.field();
        String key = field.source() == Source.SPAN ? field.key() : SpanClause.CONTENT;
        boolean attribute = key.startsWith(SpanClause.ATTRIBUTES) && key.length() > SpanClause.ATTRIBUTES.length();
        if (!attribute && !Set.of("name", "type", "status", SpanClause.CONTENT).contains(key)) {
            throw SlipwayException.invalid(
                    "search.attribute",
                    "'" + key + "' is nothing that can be searched of spans; these are: attributes.…, content, name, "
                            + "status, type.");
        }
        Criterion criterion = clause.criterion();
        if (key.equals(SpanClause.CONTENT) && !(criterion instanceof Criterion.Like)) {
            throw wrongTest(field, "a pattern in quotes, by LIKE or ILIKE");
        }
        if (criterion instanceof Criterion.Numeric || criterion instanceof Criterion.Null) {
            throw wrongTest(field, "a text in quotes, by =, !=, LIKE, ILIKE or IN");
        }
        return new SpanClause(key, criterion);
    }

    /** The orders of a search, most significant first. */
    public List<Order> orders(@Nullable List<String> orderBy) {
        List<Order> orders = new ArrayList<>();
        for (String text : orderBy == null ? List.<String>of() : orderBy) {
            Clauses.Order clause = Clauses.order(text);
            Order order = order(clause.field(), clause.descending());
            if (orders.contains(order) || orders.contains(order(clause.field(), !clause.descending()))) {
                throw SlipwayException.invalid("search.order", "The order names '" + text + "' twice; name it once.");
            }
            orders.add(order);
        }
        return orders;
    }

    private List<Condition> conditions(Clause clause, DatasetConditions datasets) {
        Field field = clause.field();
        return switch (field.source()) {
            case METRIC -> numbers(FacetKind.METRIC, check(field).key(), field, clause.criterion());
            case PARAM -> List.of(text(FacetKind.PARAM, check(field).key(), field, clause.criterion()));
            case TAG -> List.of(tag(check(field), clause.criterion()));
            case DATASET -> List.of(dataset(check(field), clause.criterion(), datasets));
            case METADATA -> List.of(text(FacetKind.PARAM, check(field).key(), field, clause.criterion()));
            case FEEDBACK, EXPECTATION -> assessment(check(field), clause.criterion());
            case SPAN -> {
                check(field);
                yield List.of();
            }
            case ATTRIBUTE -> isSpan(field) ? List.of() : attribute(field, clause.criterion());
        };
    }

    private Order order(Field field, boolean descending) {
        return switch (field.source()) {
            case METRIC -> new Order.ByFacet(FacetKind.METRIC, check(field).key(), descending);
            case PARAM, METADATA ->
                new Order.ByFacet(FacetKind.PARAM, check(field).key(), descending);
            case TAG -> new Order.ByFacet(FacetKind.TAG, check(field).key(), descending);
            case DATASET, FEEDBACK, EXPECTATION, SPAN ->
                throw SlipwayException.invalid(
                        "search.order", "Nothing can be ordered by " + shown(field) + "; drop that order.");
            case ATTRIBUTE -> {
                Attribute attribute = named(field.key());
                if (attribute instanceof Attribute.Text text) {
                    yield new Order.ByFacet(FacetKind.ATTRIBUTE, text.key(), descending);
                }
                if (attribute instanceof Attribute.Numeric number) {
                    yield new Order.ByFacet(FacetKind.ATTRIBUTE, number.key(), descending);
                }
                if (attribute instanceof Attribute.Members) {
                    throw SlipwayException.invalid(
                            "search.order", "Nothing can be ordered by " + shown(field) + "; drop that order.");
                }
                yield new Order.ById(descending);
            }
        };
    }

    private Field check(Field field) {
        if (!sources.contains(field.source())) {
            throw unsearchable(shown(field));
        }
        return field;
    }

    private Attribute named(String name) {
        Attribute attribute = attributes.get(name);
        if (attribute == null) {
            throw SlipwayException.invalid(
                    "search.attribute",
                    "'" + name + "' is no attribute of " + entities + " that can be searched; these are: "
                            + String.join(", ", new TreeSet<>(attributes.keySet())) + ".");
        }
        return attribute;
    }

    private List<Condition> attribute(Field field, Criterion criterion) {
        Attribute attribute = named(field.key());
        if (attribute instanceof Attribute.Text text) {
            return List.of(
                    criterion instanceof Criterion.In in
                            ? new Condition.In(FacetKind.ATTRIBUTE, text.key(), in.values(), in.negated())
                            : text(FacetKind.ATTRIBUTE, text.key(), field, criterion));
        }
        if (attribute instanceof Attribute.Numeric number) {
            return numbers(FacetKind.ATTRIBUTE, number.key(), field, criterion);
        }
        if (attribute instanceof Attribute.Members members) {
            return List.of(member(members.prefix(), field, criterion));
        }
        return List.of(id(((Attribute.EntityIdentity) attribute).read(), field, criterion));
    }

    private static Condition member(String prefix, Field field, Criterion criterion) {
        if (criterion instanceof Criterion.Text text) {
            return new Condition.Exists(
                    FacetKind.ATTRIBUTE, List.of(prefix + text.value()), text.comparison() == Comparison.NOT_EQUAL);
        }
        if (criterion instanceof Criterion.In in) {
            return new Condition.Exists(
                    FacetKind.ATTRIBUTE,
                    in.values().stream().map(value -> prefix + value).toList(),
                    in.negated());
        }
        throw wrongTest(field, "a text in quotes, by =, != or IN");
    }

    private static List<Condition> assessment(Field field, Criterion criterion) {
        String key = assessment(field.source(), field.key());
        if (criterion instanceof Criterion.Null none) {
            return List.of(new Condition.Exists(FacetKind.ATTRIBUTE, List.of(key), !none.negated()));
        }
        return criterion instanceof Criterion.Numeric
                ? numbers(FacetKind.ATTRIBUTE, key, field, criterion)
                : List.of(text(FacetKind.ATTRIBUTE, key, field, criterion));
    }

    private Condition id(Function<String, Optional<EntityId>> read, Field field, Criterion criterion) {
        if (criterion instanceof Criterion.Text text) {
            return new Condition.Ids(
                    read.apply(text.value()).stream().toList(), text.comparison() == Comparison.NOT_EQUAL);
        }
        if (criterion instanceof Criterion.In in) {
            return new Condition.Ids(
                    in.values().stream()
                            .flatMap(value -> read.apply(value).stream())
                            .toList(),
                    in.negated());
        }
        if (criterion instanceof Criterion.Like like) {
            return new Condition.IdLike(like.pattern(), like.ignoreCase());
        }
        throw wrongTest(field, "a text in quotes, by =, !=, LIKE, ILIKE or IN");
    }

    private Condition dataset(Field field, Criterion criterion, DatasetConditions datasets) {
        if (!Set.of("name", "digest", "context").contains(field.key())) {
            throw SlipwayException.invalid(
                    "search.attribute",
                    "'" + field.key() + "' is no attribute of datasets; these are: context, digest, name.");
        }
        if (criterion instanceof Criterion.Numeric || criterion instanceof Criterion.Null) {
            throw wrongTest(field, "a text in quotes, by =, !=, LIKE, ILIKE or IN");
        }
        return datasets.of(field.key(), criterion);
    }

    private Condition tag(Field field, Criterion criterion) {
        if (flags.contains(field.key()) && criterion instanceof Criterion.Text text) {
            boolean wanted = text.value().equals(TRUE) == (text.comparison() == Comparison.EQUAL);
            return wanted
                    ? new Condition.Compare(FacetKind.TAG, field.key(), Comparison.EQUAL, new Facet.Value.Text(TRUE))
                    : new Condition.Exists(FacetKind.TAG, List.of(field.key()), true);
        }
        return text(FacetKind.TAG, field.key(), field, criterion);
    }

    private static List<Condition> numbers(FacetKind kind, String key, Field field, Criterion criterion) {
        if (criterion instanceof Criterion.Numeric number) {
            return Numbers.conditions(kind, key, number);
        }
        throw wrongTest(field, "a number, by =, !=, <, <=, > or >=");
    }

    private static Condition text(FacetKind kind, String key, Field field, Criterion criterion) {
        if (criterion instanceof Criterion.Text text) {
            return new Condition.Compare(kind, key, text.comparison(), new Facet.Value.Text(text.value()));
        }
        if (criterion instanceof Criterion.Like like) {
            return new Condition.Like(kind, key, like.pattern(), like.ignoreCase());
        }
        if (criterion instanceof Criterion.Null none && kind != FacetKind.ATTRIBUTE) {
            return new Condition.Exists(kind, List.of(key), !none.negated());
        }
        throw wrongTest(
                field, "a text in quotes, by =, !=, LIKE or ILIKE" + (kind == FacetKind.ATTRIBUTE ? " or IN" : ""));
    }

    private static SlipwayException wrongTest(Field field, String right) {
        return SlipwayException.invalid("search.value", "Compare " + shown(field) + " with " + right + ".");
    }

    private SlipwayException unsearchable(String what) {
        return SlipwayException.invalid("search.source", "The search of " + entities + " knows no " + what + ".");
    }

    private static String shown(Field field) {
        return field.source().name().toLowerCase(Locale.ROOT) + "s." + field.key();
    }
}
