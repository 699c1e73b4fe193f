package dev.slipway.store.arangodb.fake;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The AQL texts that the double knows, each with its answer; any other text is a syntax error to it. */
public final class NamedQueries {

    private final Map<String, Entry> entries;

    private NamedQueries(Map<String, Entry> entries) {
        this.entries = entries;
    }

    /** Knows no query at all. */
    public static NamedQueries none() {
        return new NamedQueries(Map.of());
    }

    /**
     * The same queries and one more, which only reads; what it tries to write is refused (1652).
     *
     * @param aql the text exactly as the driver sends it
     * @throws IllegalArgumentException when the text has an answer already
     */
    public NamedQueries with(String aql, QueryAnswer answer) {
        return withModifying(aql, Set.of(), answer);
    }

    /**
     * The same queries and one more, which writes to these collections: inside a stream transaction all of them must be
     * declared for writing, outside they are locked for it while the query runs.
     *
     * @throws IllegalArgumentException when the text has an answer already
     */
    public NamedQueries withModifying(String aql, Set<String> collections, QueryAnswer answer) {
        if (entries.containsKey(aql)) {
            throw new IllegalArgumentException("This AQL text has an answer already: " + aql);
        }
        Map<String, Entry> more = new LinkedHashMap<>(entries);
        more.put(aql, new Entry(Set.copyOf(collections), answer));
        return new NamedQueries(more);
    }

    Optional<QueryAnswer> answerOf(String aql) {
        return Optional.ofNullable(entries.get(aql)).map(Entry::answer);
    }

    Set<String> writesOf(String aql) {
        return entries.get(aql).writes();
    }

    private record Entry(Set<String> writes, QueryAnswer answer) {}
}
