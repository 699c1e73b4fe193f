package dev.slipway.store.embedded;

/**
 * The statements of searches: each form once for every number of filters, so that the filters are checked inside SQLite.
 * {@code d} is the row that drives the search.
 */
enum FacetSearchSql {
    /** Entities in the order of ids, newest first. */
    BY_ID("""
            SELECT d.entity, NULL AS value FROM facet_entity AS d
            WHERE d.workspace = ? AND d.type = ? AND d.scope = ? AND d.entity < ?
            """, " ORDER BY d.entity DESC LIMIT ?"),
    /** Entities in the order of a value, within the bounds that the filters set to it. */
    BY_VALUE_ASCENDING("""
            SELECT d.entity, d.value FROM facet AS d INDEXED BY facet_by_value
            WHERE d.workspace = ? AND d.type = ? AND d.scope = ? AND d.kind = ? AND d.key = ?
            AND (d.value, d.entity) > (?, ?) AND d.value <= ?
            """, " ORDER BY d.value, d.entity LIMIT ?"),
    BY_VALUE_DESCENDING("""
            SELECT d.entity, d.value FROM facet AS d INDEXED BY facet_by_value
            WHERE d.workspace = ? AND d.type = ? AND d.scope = ? AND d.kind = ? AND d.key = ?
            AND (d.value, d.entity) < (?, ?) AND d.value >= ?
            """, " ORDER BY d.value DESC, d.entity DESC LIMIT ?"),
    /** Entities that lack the key of the order. */
    WITHOUT_VALUE_ASCENDING("""
            SELECT d.entity, NULL AS value FROM facet_entity AS d
            WHERE d.workspace = ? AND d.type = ? AND d.scope = ? AND d.entity > ?
            AND NOT EXISTS (
                SELECT 1 FROM facet AS o WHERE o.workspace = ? AND o.entity = d.entity AND o.kind = ? AND o.key = ?)
            """, " ORDER BY d.entity LIMIT ?"),
    WITHOUT_VALUE_DESCENDING("""
            SELECT d.entity, NULL AS value FROM facet_entity AS d
            WHERE d.workspace = ? AND d.type = ? AND d.scope = ? AND d.entity < ?
            AND NOT EXISTS (
                SELECT 1 FROM facet AS o WHERE o.workspace = ? AND o.entity = d.entity AND o.kind = ? AND o.key = ?)
            """, " ORDER BY d.entity DESC LIMIT ?"),
    /** Driven by a filter that few satisfy, which are then sorted. */
    FEW_BY_ID("""
            SELECT d.entity, NULL AS value FROM facet AS d INDEXED BY facet_by_value
            WHERE d.workspace = ? AND d.type = ? AND d.scope = ? AND d.kind = ? AND d.key = ?
            AND d.value BETWEEN ? AND ? AND d.value IS NOT ? AND d.entity < ?
            """, " ORDER BY d.entity DESC LIMIT ?"),
    /** A missing value is a blob here, which sorts after every number and text. */
    FEW_BY_VALUE_ASCENDING("""
            SELECT d.entity, o.value FROM facet AS d INDEXED BY facet_by_value
            LEFT JOIN facet AS o ON o.workspace = ? AND o.entity = d.entity AND o.kind = ? AND o.key = ?
            WHERE d.workspace = ? AND d.type = ? AND d.scope = ? AND d.kind = ? AND d.key = ?
            AND d.value BETWEEN ? AND ? AND d.value IS NOT ?
            AND (coalesce(o.value, x''), d.entity) > (?, ?)
            """, " ORDER BY coalesce(o.value, x''), d.entity LIMIT ?"),
    /** A missing value is minus infinity here, which sorts before every number. */
    FEW_BY_VALUE_DESCENDING("""
            SELECT d.entity, o.value FROM facet AS d INDEXED BY facet_by_value
            LEFT JOIN facet AS o ON o.workspace = ? AND o.entity = d.entity AND o.kind = ? AND o.key = ?
            WHERE d.workspace = ? AND d.type = ? AND d.scope = ? AND d.kind = ? AND d.key = ?
            AND d.value BETWEEN ? AND ? AND d.value IS NOT ?
            AND (coalesce(o.value, -9e999), d.entity) < (?, ?)
            """, " ORDER BY coalesce(o.value, -9e999) DESC, d.entity DESC LIMIT ?");

    /** How many satisfy one filter, counted up to a limit. */
    static final Sql COUNT = () -> """
                    SELECT count(*) FROM (
                        SELECT 1 FROM facet INDEXED BY facet_by_value
                        WHERE workspace = ? AND type = ? AND scope = ? AND kind = ? AND key = ?
                        AND value BETWEEN ? AND ? AND value IS NOT ? LIMIT ?)
                    """;

    private static final String FILTER = """
            AND EXISTS (
                SELECT 1 FROM facet AS f WHERE f.workspace = ? AND f.entity = d.entity AND f.kind = ? AND f.key = ?
                AND f.value BETWEEN ? AND ? AND f.value IS NOT ?)
            """;

    private final String driver;
    private final String order;

    FacetSearchSql(String driver, String order) {
        this.driver = driver;
        this.order = order;
    }

    /** The statement with so many filters, whose values come after the driver's and before the limit. */
    Sql with(int filters) {
        String text = driver + FILTER.repeat(filters) + order;
        return () -> text;
    }
}
