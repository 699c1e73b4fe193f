package dev.slipway.store.arangodb;

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

    /** How many satisfy one filter, counted up to a limit. */
    SEARCH_COUNT("""
            FOR d IN facets OPTIONS { indexHint: "facets_by_place", forceIndexHint: true }
              FILTER d.workspace == @workspace AND d.type == @type AND d.scope == @scope
              FILTER d.kind == @kind AND d.key == @key
              FILTER d.place > @low AND d.place < @high AND NOT STARTS_WITH(d.place, @except)
              LIMIT @limit
              COLLECT WITH COUNT INTO total
              RETURN { total }
            """),
    /** Entities in the order of ids, newest first. */
    SEARCH_BY_ID("""
            FOR d IN facet_entities OPTIONS { indexHint: "facet_entities_by_place", forceIndexHint: true }
              FILTER d.workspace == @workspace AND d.type == @type AND d.scope == @scope AND d.place < @before
            """ + Part.FILTERED + """
              SORT d.place DESC
              LIMIT @limit
              RETURN { entity: d.entity, place: d.place }
            """),
    /** Entities in the order of a value. */
    SEARCH_BY_VALUE_ASCENDING("""
            FOR d IN facets OPTIONS { indexHint: "facets_by_place", forceIndexHint: true }
              FILTER d.workspace == @workspace AND d.type == @type AND d.scope == @scope
              FILTER d.kind == @kind AND d.key == @key AND d.place > @low AND d.place < @high
            """ + Part.FILTERED + """
              SORT d.place ASC
              LIMIT @limit
              RETURN { entity: d.entity, place: d.place }
            """),
    SEARCH_BY_VALUE_DESCENDING("""
            FOR d IN facets OPTIONS { indexHint: "facets_by_place", forceIndexHint: true }
              FILTER d.workspace == @workspace AND d.type == @type AND d.scope == @scope
              FILTER d.kind == @kind AND d.key == @key AND d.place > @low AND d.place < @high
            """ + Part.FILTERED + """
              SORT d.place DESC
              LIMIT @limit
              RETURN { entity: d.entity, place: d.place }
            """),
    /** Entities that lack the key of the order, by id. */
    SEARCH_WITHOUT_VALUE_ASCENDING("""
            FOR d IN facet_entities OPTIONS { indexHint: "facet_entities_by_place", forceIndexHint: true }
              FILTER d.workspace == @workspace AND d.type == @type AND d.scope == @scope
              FILTER d.place > @low AND d.place < @high
              FILTER 0 == LENGTH(
                FOR o IN facets OPTIONS { indexHint: "facets_by_entity", forceIndexHint: true }
                  FILTER o.workspace == @workspace AND o.entity == d.entity AND o.kind == @kind AND o.key == @key
                  RETURN 1)
            """ + Part.FILTERED + """
              SORT d.place ASC
              LIMIT @limit
              RETURN { entity: d.entity, place: CONCAT(@missing, d.place) }
            """),
    SEARCH_WITHOUT_VALUE_DESCENDING("""
            FOR d IN facet_entities OPTIONS { indexHint: "facet_entities_by_place", forceIndexHint: true }
              FILTER d.workspace == @workspace AND d.type == @type AND d.scope == @scope
              FILTER d.place > @low AND d.place < @high
              FILTER 0 == LENGTH(
                FOR o IN facets OPTIONS { indexHint: "facets_by_entity", forceIndexHint: true }
                  FILTER o.workspace == @workspace AND o.entity == d.entity AND o.kind == @kind AND o.key == @key
                  RETURN 1)
            """ + Part.FILTERED + """
              SORT d.place DESC
              LIMIT @limit
              RETURN { entity: d.entity, place: CONCAT(@missing, d.place) }
            """),
    /** Driven by a filter that few satisfy, which are then sorted. */
    SEARCH_FEW_BY_ID("""
            FOR d IN facets OPTIONS { indexHint: "facets_by_place", forceIndexHint: true }
              FILTER d.workspace == @workspace AND d.type == @type AND d.scope == @scope
              FILTER d.kind == @kind AND d.key == @key
              FILTER d.place > @low AND d.place < @high AND NOT STARTS_WITH(d.place, @except)
              LET rank = RIGHT(d.place, 32)
              FILTER rank < @before
            """ + Part.FILTERED + """
              SORT rank DESC
              LIMIT @limit
              RETURN { entity: d.entity, place: rank }
            """),
    SEARCH_FEW_BY_VALUE_ASCENDING("""
            FOR d IN facets OPTIONS { indexHint: "facets_by_place", forceIndexHint: true }
              FILTER d.workspace == @workspace AND d.type == @type AND d.scope == @scope
              FILTER d.kind == @kind AND d.key == @key
              FILTER d.place > @low AND d.place < @high AND NOT STARTS_WITH(d.place, @except)
              LET value = FIRST(
                FOR o IN facets OPTIONS { indexHint: "facets_by_entity", forceIndexHint: true }
                  FILTER o.workspace == @workspace AND o.entity == d.entity
                  FILTER o.kind == @orderKind AND o.key == @orderKey
                  RETURN o.place)
              LET place = value == null ? CONCAT(@missing, RIGHT(d.place, 32)) : value
              FILTER place > @after
            """ + Part.FILTERED + """
              SORT place ASC
              LIMIT @limit
              RETURN { entity: d.entity, place }
            """),
    SEARCH_FEW_BY_VALUE_DESCENDING("""
            FOR d IN facets OPTIONS { indexHint: "facets_by_place", forceIndexHint: true }
              FILTER d.workspace == @workspace AND d.type == @type AND d.scope == @scope
              FILTER d.kind == @kind AND d.key == @key
              FILTER d.place > @low AND d.place < @high AND NOT STARTS_WITH(d.place, @except)
              LET value = FIRST(
                FOR o IN facets OPTIONS { indexHint: "facets_by_entity", forceIndexHint: true }
                  FILTER o.workspace == @workspace AND o.entity == d.entity
                  FILTER o.kind == @orderKind AND o.key == @orderKey
                  RETURN o.place)
              LET place = value == null ? CONCAT(@missing, RIGHT(d.place, 32)) : value
              FILTER place < @before
            """ + Part.FILTERED + """
              SORT place DESC
              LIMIT @limit
              RETURN { entity: d.entity, place }
            """),

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
        /** Keeps those whose facets satisfy all filters. */
        private static final String FILTERED = """
              FILTER LENGTH(@filters) == LENGTH(
                FOR f IN @filters
                  FOR c IN facets OPTIONS { indexHint: "facets_by_entity", forceIndexHint: true }
                    FILTER c.workspace == @workspace AND c.entity == d.entity AND c.kind == f.kind AND c.key == f.key
                    FILTER c.place > f.low AND c.place < f.high AND NOT STARTS_WITH(c.place, f.except)
                    RETURN 1)
            """;
    }

    private final String text;

    Aql(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
