package dev.slipway.store.arangodb;

/** The collections of the database. Their names stand in {@link Aql}'s texts too. */
enum Table {
    /** The schema's version and the sequencer's counter. */
    META("meta"),
    /** The vertices of the graph. */
    ENTITIES("entities"),
    /** Places of entities in their declared indexes. */
    ENTRIES("entries"),
    /** The edges of the graph. */
    EDGES("edges"),
    CLAIMS("claims"),
    FACETS("facets"),
    /** Which entities have facets in which scope. */
    FACET_ENTITIES("facet_entities"),
    /** Events as they were committed, not yet numbered. */
    PENDING_EVENTS("pending_events"),
    EVENTS("events"),
    READERS("readers"),
    /** A mark for each transaction that was committed, for the time in which somebody may ask for it. */
    COMMITS("commits");

    /** The named graph that holds {@link #ENTITIES} and {@link #EDGES}. */
    static final String GRAPH = "slipway";

    private final String collection;

    Table(String collection) {
        this.collection = collection;
    }

    String collection() {
        return collection;
    }
}
