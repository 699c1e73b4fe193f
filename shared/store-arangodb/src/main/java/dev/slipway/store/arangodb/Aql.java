package dev.slipway.store.arangodb;

import dev.slipway.store.graph.FacetQuery;

/**
 * Every AQL text. Each names the index it goes through and fails rather than scan, but for those that go through a
 * primary index, which can't be missing. Directions and names of collections are part of a text or come from {@link
 * Table}; all else is bound.
 */
enum Aql {
    ENTRIES_ASCENDING("""
            FOR d IN entries OPTIONS { indexHint: "entries_by_place", forceIndexHint: true }
              FILTER d.workspace == @workspace AND d.type == @type AND d.name == @name
              FILTER d.place > @low AND d.place < @high
              SORT d.place ASC
              LIMIT @limit
              RETURN { place: d.place, entity: FIRST(FOR e IN entities FILTER e._key == d.entity RETURN e) }
            """),
    ENTRIES_DESCENDING("""
            FOR d IN entries OPTIONS { indexHint: "entries_by_place", forceIndexHint: true }
              FILTER d.workspace == @workspace AND d.type == @type AND d.name == @name
              FILTER d.place > @low AND d.place < @high
              SORT d.place DESC
              LIMIT @limit
              RETURN { place: d.place, entity: FIRST(FOR e IN entities FILTER e._key == d.entity RETURN e) }
            """),
    ENTRIES_COUNT("""
            FOR d IN entries OPTIONS { indexHint: "entries_by_place", forceIndexHint: true }
              FILTER d.workspace == @workspace AND d.type == @type AND d.name == @name
              FILTER d.place > @low AND d.place < @high
              COLLECT WITH COUNT INTO total
              RETURN { total }
            """),

    /** The nearest nodes of each start, those at the last depth in no particular order. */
    REACHED_UPSTREAM("""
            WITH entities
            FOR start IN @starts
              LET reached = (
                FOR v, e, p IN 1..@depth OUTBOUND start GRAPH @graph
                  OPTIONS { order: "bfs", uniqueVertices: "global" }
                  LIMIT @limit
                  RETURN { id: e.to, type: e.toType, depth: LENGTH(p.edges) })
              FOR node IN reached
                RETURN { start, id: node.id, type: node.type, depth: node.depth }
            """),
    REACHED_DOWNSTREAM("""
            WITH entities
            FOR start IN @starts
              LET reached = (
                FOR v, e, p IN 1..@depth INBOUND start GRAPH @graph
                  OPTIONS { order: "bfs", uniqueVertices: "global" }
                  LIMIT @limit
                  RETURN { id: e.from, type: e.fromType, depth: LENGTH(p.edges) })
              FOR node IN reached
                RETURN { start, id: node.id, type: node.type, depth: node.depth }
            """),
    /** The nodes that one level's edges lead to, by id. */
    LEVEL_UPSTREAM("""
            FOR node IN @nodes
              FOR e IN edges OPTIONS { indexHint: "edges_by_from", forceIndexHint: true }
                FILTER e._from == node AND e.type IN @types AND e._to NOT IN @known
                COLLECT reached = e._to, id = e.to, type = e.toType
                SORT reached
                LIMIT @limit
                RETURN { id, type }
            """),
    LEVEL_DOWNSTREAM("""
            FOR node IN @nodes
              FOR e IN edges OPTIONS { indexHint: "edges_by_to", forceIndexHint: true }
                FILTER e._to == node AND e.type IN @types AND e._from NOT IN @known
                COLLECT reached = e._from, id = e.from, type = e.fromType
                SORT reached
                LIMIT @limit
                RETURN { id, type }
            """),
    /** The edges that lead from the first nodes to the second ones. */
    EDGES_UPSTREAM("""
            FOR node IN @nodes
              FOR e IN edges OPTIONS { indexHint: "edges_by_from", forceIndexHint: true }
                FILTER e._from == node AND e.type IN @types AND e._to IN @reached
                RETURN e
            """),
    EDGES_DOWNSTREAM("""
            FOR node IN @nodes
              FOR e IN edges OPTIONS { indexHint: "edges_by_to", forceIndexHint: true }
                FILTER e._to == node AND e.type IN @types AND e._from IN @reached
                RETURN e
            """),

    FACETS("""
            FOR f IN facets OPTIONS { indexHint: "facets_by_entity", forceIndexHint: true }
              FILTER f.workspace == @workspace AND f.entity IN @entities
              RETURN f
            """),

    /** How many facets lie in a range, counted up to a limit. */
    SEARCH_COUNT("""
            FOR d IN facets OPTIONS { indexHint: "facets_by_place", forceIndexHint: true }
              FILTER d.workspace == @workspace AND d.type == @type AND d.scope == @scope
              FILTER d.kind == @kind AND d.key == @key AND d.place > @low AND d.place < @high
              LIMIT @limit
              COLLECT WITH COUNT INTO total
              RETURN { total }
            """),
    /** Entities in the order of ids. */
    SEARCH_BY_ID_ASCENDING("""
            FOR d IN facet_entities OPTIONS { indexHint: "facet_entities_by_place", forceIndexHint: true }
              FILTER d.workspace == @workspace AND d.type == @type AND d.scope == @scope
              FILTER d.place > @low AND d.place < @high
            """ + Part.SATISFYING + """
              SORT d.place ASC
              LIMIT @limit
              RETURN { places: [], rank: d.place }
            """),
    SEARCH_BY_ID_DESCENDING("""
            FOR d IN facet_entities OPTIONS { indexHint: "facet_entities_by_place", forceIndexHint: true }
              FILTER d.workspace == @workspace AND d.type == @type AND d.scope == @scope
              FILTER d.place > @low AND d.place < @high
            """ + Part.SATISFYING + """
              SORT d.place DESC
              LIMIT @limit
              RETURN { places: [], rank: d.place }
            """),
    /** Of those whose facet lies in a range that holds few. */
    SEARCH_FEW("""
            FOR d IN facets OPTIONS { indexHint: "facets_by_place", forceIndexHint: true }
              FILTER d.workspace == @workspace AND d.type == @type AND d.scope == @scope
              FILTER d.kind == @kind AND d.key == @key AND d.place > @low AND d.place < @high
            """ + Part.SATISFYING + Part.IN_ORDER),
    /** Of those that the search names. */
    SEARCH_LISTED("""
            FOR d IN facet_entities OPTIONS { indexHint: "facet_entities_by_place", forceIndexHint: true }
              FILTER d.workspace == @workspace AND d.type == @type AND d.scope == @scope AND d.place IN @listed
            """ + Part.SATISFYING + Part.IN_ORDER),
    /** Of all that have any facet. */
    SEARCH_ALL("""
            FOR d IN facet_entities OPTIONS { indexHint: "facet_entities_by_place", forceIndexHint: true }
              FILTER d.workspace == @workspace AND d.type == @type AND d.scope == @scope
            """ + Part.SATISFYING + Part.IN_ORDER),

    /** Whether events wait for their numbers. */
    EVENTS_PENDING("FOR d IN pending_events LIMIT 1 RETURN { found: true }"),
    /** The batches of events that wait, in the order in which the server took them in. */
    EVENTS_TO_NUMBER("""
            FOR d IN pending_events
              LET taken = DECODE_REV(d._rev)
              SORT taken.date, taken.count
              LIMIT @limit
              RETURN d
            """),
    EVENT_LAST("""
            FOR d IN events OPTIONS { indexHint: "events_by_position", forceIndexHint: true }
              FILTER d.position > 0
              SORT d.position DESC
              LIMIT 1
              RETURN { position: d.position }
            """),
    EVENTS_AFTER("""
            FOR d IN events OPTIONS { indexHint: "events_by_position", forceIndexHint: true }
              FILTER d.position > @after
              SORT d.position ASC
              LIMIT @limit
              RETURN d
            """),

    /** The documents of a collection in the order of their keys. */
    ROWS("""
            FOR d IN @@collection
              FILTER d._key > @after
              SORT d._key ASC
              LIMIT @limit
              RETURN d
            """);

    /** What several texts have in common. */
    private static final class Part {
        /** Keeps the entities that satisfy all conditions. */
        private static final String SATISFYING = """
              FILTER LENGTH(@tests) == LENGTH(
                FOR t IN @tests
                  FOR c IN facets OPTIONS { indexHint: "facets_by_entity", forceIndexHint: true }
                    FILTER c.workspace == @workspace AND c.entity == d.entity AND c.kind == t.kind AND c.key == t.key
                    FILTER c.place > t.low AND c.place < t.high
                    FILTER t.values == null OR (LEFT(c.place, LENGTH(c.place) - 32) IN t.values) != t.negated
                    FILTER t.pattern == null OR REGEX_TEST(c.place, t.pattern)
                    RETURN 1)
              FILTER LENGTH(@keys) == LENGTH(
                FOR t IN @keys
                  LET there = LENGTH(
                    FOR c IN facets OPTIONS { indexHint: "facets_by_entity", forceIndexHint: true }
                      FILTER c.workspace == @workspace AND c.entity == d.entity AND c.kind == t.kind AND c.key IN t.keys
                      LIMIT 1
                      RETURN 1)
                  FILTER (there > 0) != t.negated
                  RETURN 1)
              FILTER LENGTH(@ids) == LENGTH(FOR t IN @ids FILTER (d.entity IN t.ids) != t.negated RETURN 1)
              FILTER LENGTH(@idPatterns) == LENGTH(FOR p IN @idPatterns FILTER REGEX_TEST(d.entity, p) RETURN 1)
            """;

        /**
         * Sorts by up to eight facets, then by ids, each up or down, from after the place given. What an order does not
         * have, or has the other way, is null for all.
         */
        private static final String IN_ORDER = """
              LET rank = RIGHT(d.place, 32)
              LET places = (
                FOR o IN @orders
                  LET found = FIRST(
                    FOR c IN facets OPTIONS { indexHint: "facets_by_entity", forceIndexHint: true }
                      FILTER c.workspace == @workspace AND c.entity == d.entity AND c.kind == o.kind AND c.key == o.key
                      RETURN LEFT(c.place, LENGTH(c.place) - 32))
                  RETURN found == null ? o.missing : found == @nan ? o.lowNan : found)
              LET differing = @after == null ? null : FIRST(
                FOR i IN 0..7 FILTER places[i] != @after.places[i] LIMIT 1 RETURN i)
              FILTER @after == null OR (differing == null
                ? (@idsDescending ? rank < @after.rank : rank > @after.rank)
                : (@orders[differing].descending
                  ? places[differing] < @after.places[differing]
                  : places[differing] > @after.places[differing]))
              SORT
            """ + sorts() + """
                @idsDescending ? null : rank ASC,
                @idsDescending ? rank : null DESC
              LIMIT @limit
              RETURN { places, rank }
            """;

        private static String sorts() {
            StringBuilder sorts = new StringBuilder();
            for (int i = 0; i < FacetQuery.MAX_ORDERS; i++) {
                sorts.append("    @orders[%1$d].descending ? null : places[%1$d] ASC,%n".formatted(i))
                        .append("    @orders[%1$d].descending ? places[%1$d] : null DESC,%n".formatted(i));
            }
            return sorts.toString();
        }
    }

    private final String text;

    Aql(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
