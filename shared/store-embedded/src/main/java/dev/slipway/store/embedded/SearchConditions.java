package dev.slipway.store.embedded;

import dev.slipway.kernel.Workspace;
import dev.slipway.kernel.id.EntityId;
import dev.slipway.store.embedded.FacetTest.Clause;
import dev.slipway.store.graph.Facet;
import dev.slipway.store.graph.FacetQuery.Condition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What entities of one scope must satisfy: tests of the facets that they must have, at most one for each name; names of
 * which they must have none; clauses about the entity; and the ids it must be among, where the search names any.
 */
record SearchConditions(
        Map<Long, FacetTest> tests, Set<Long> lacking, List<Clause> clauses, Optional<Set<EntityId>> among) {

    static SearchConditions of(FacetNames names, Workspace workspace, List<Condition> conditions) throws SQLException {
        SearchConditions all = new SearchConditions(Map.of(), Set.of(), List.of(), Optional.empty());
        for (Condition condition : conditions) {
            all = all.and(names, workspace, condition);
        }
        return all;
    }

    private SearchConditions and(FacetNames names, Workspace workspace, Condition condition) throws SQLException {
        if (condition instanceof Condition.Compare compare) {
            return and(compare(names.name(workspace, compare.kind(), compare.key()), compare));
        } else if (condition instanceof Condition.In in) {
            return and(FacetTest.any(names.name(workspace, in.kind(), in.key()))
                    .from("")
                    .with(new Clause(
                            listed("%s.value", in.negated(), "value"),
                            Json.array(in.values(), value -> value),
                            in.negated())));
        } else if (condition instanceof Condition.Like like) {
            TextPattern pattern = new TextPattern(like.pattern(), like.ignoreCase());
            return and(pattern.range(names.name(workspace, like.kind(), like.key()))
                    .with(pattern.clause("%s.value")));
        } else if (condition instanceof Condition.Exists exists) {
            return and(names, workspace, exists);
        } else if (condition instanceof Condition.Ids ids) {
            return ids.negated()
                    ? and(new Clause(listed("%s.entity", true, "unhex(value)"), json(ids.ids())))
                    : among(new LinkedHashSet<>(ids.ids()));
        }
        Condition.IdLike like = (Condition.IdLike) condition;
        return and(new TextPattern(like.pattern(), like.ignoreCase()).clause("lower(hex(%s.entity))"));
    }

    private static FacetTest compare(long name, Condition.Compare compare) {
        Object value = FacetTable.stored(compare.value());
        FacetTest sameSort = compare.value() instanceof Facet.Value.Num
                ? FacetTest.any(name).below("")
                : FacetTest.any(name).from("");
        return switch (compare.comparison()) {
            case EQUAL -> FacetTest.equal(name, value);
            case NOT_EQUAL -> sameSort.with(new Clause("%s.value IS NOT ?", value));
            case LESS -> sameSort.below(value);
            case LESS_OR_EQUAL -> sameSort.to(value);
            case GREATER -> sameSort.above(value);
            case GREATER_OR_EQUAL -> sameSort.from(value);
        };
    }

    private SearchConditions and(FacetNames names, Workspace workspace, Condition.Exists exists) throws SQLException {
        Set<Long> known = new LinkedHashSet<>();
        for (String key : exists.keys()) {
            known.add(names.name(workspace, exists.kind(), key));
        }
        known.remove(FacetNames.UNKNOWN);
        if (exists.negated()) {
            SearchConditions all = this;
            for (long name : known) {
                all = all.lacking(name);
            }
            return all;
        }
        if (known.size() <= 1) {
            return and(FacetTest.any(known.stream().findFirst().orElse(FacetNames.UNKNOWN)));
        }
        return and(new Clause(
                "EXISTS (SELECT 1 FROM facet AS f WHERE f.entity = %s.entity AND " + listed("f.name", false, "value")
                        + ")",
                known.toString()));
    }

    private static String listed(String what, boolean negated, String value) {
        return what + (negated ? " NOT" : "") + " IN (SELECT " + value + " FROM json_each(?))";
    }

    static String json(Collection<EntityId> ids) {
        return Json.array(ids, EntityId::value);
    }

    SearchConditions and(FacetTest test) {
        Map<Long, FacetTest> all = new LinkedHashMap<>(tests);
        all.merge(test.name(), test, FacetTest::and);
        return new SearchConditions(all, lacking, clauses, among);
    }

    SearchConditions lacking(long name) {
        if (name == FacetNames.UNKNOWN) {
            return this;
        }
        Set<Long> all = new LinkedHashSet<>(lacking);
        all.add(name);
        return new SearchConditions(tests, all, clauses, among);
    }

    private SearchConditions and(Clause clause) {
        List<Clause> all = new ArrayList<>(clauses);
        all.add(clause);
        return new SearchConditions(tests, lacking, all, among);
    }

    private SearchConditions among(Set<EntityId> ids) {
        Set<EntityId> all = new LinkedHashSet<>(ids);
        among.ifPresent(all::retainAll);
        return new SearchConditions(tests, lacking, clauses, Optional.of(all));
    }

    /** Without the names that no entity of the scope has, which all of them lack. */
    SearchConditions withoutLacking(Set<Long> names) {
        Set<Long> left = new HashSet<>(lacking);
        left.removeAll(names);
        return new SearchConditions(tests, left, clauses, among);
    }

    /** Whether no entity can satisfy them. */
    boolean areImpossible() {
        return tests.values().stream().anyMatch(test -> test.isEmpty() || lacking.contains(test.name()));
    }

    /** A test that lets one value pass, whose rows stand in the order of ids. */
    Optional<FacetTest> ofOneValue() {
        return tests.values().stream().filter(FacetTest::isOfOneValue).findFirst();
    }

    /** Adds what is to be checked of each row {@code d} that the source gives. */
    void add(SearchSql sql, SearchSource source) {
        for (FacetTest test : tests.values()) {
            if (!source.isOf(test.name())) {
                sql.add(" AND EXISTS (SELECT 1 FROM facet AS f WHERE f.entity = d.entity");
                test.add(sql, "f");
                sql.add(")");
            }
        }
        clauses.forEach(clause -> sql.add(" AND " + clause.of("d"), clause.value()));
        if (among.isPresent() && !(source instanceof SearchSource.Listed)) {
            sql.add(" AND d.entity IN (SELECT unhex(value) FROM json_each(?))", json(among.get()));
        }
        for (long name : lacking) {
            sql.add(" AND NOT EXISTS (SELECT 1 FROM facet AS f WHERE f.entity = d.entity AND f.name = ?)", name);
        }
    }
}
