package dev.slipway.store.arangodb.fake;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The AQL texts that the double knows, each with its answer; any other text is a syntax error to it. */
public final class NamedQueries {

    private final Map<String, QueryAnswer> answers;

    private NamedQueries(Map<String, QueryAnswer> answers) {
        this.answers = answers;
    }

    /** Knows no query at all. */
    public static NamedQueries none() {
        return new NamedQueries(Map.of());
    }

    /**
     * The same queries and one more.
     *
     * @param aql the text exactly as the driver sends it
     * @throws IllegalArgumentException when the text has an answer already
     */
    public NamedQueries with(String aql, QueryAnswer answer) {
        if (answers.containsKey(aql)) {
            throw new IllegalArgumentException("This AQL text has an answer already: " + aql);
        }
        Map<String, QueryAnswer> more = new LinkedHashMap<>(answers);
        more.put(aql, answer);
        return new NamedQueries(more);
    }

    Optional<QueryAnswer> answerOf(String aql) {
        return Optional.ofNullable(answers.get(aql));
    }
}
