package dev.slipway.administration;

import dev.slipway.store.graph.GraphRow;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What an export consists of, in the order in which it is read and written. Artifacts come last: what a row refers to was
 * put before the row was written.
 */
public enum Section {
    ENTITY("entities"),
    EDGE("edges"),
    CLAIM("claims"),
    FACET("facets"),
    EVENT("events"),
    READER("readers"),
    POINT("pages of points"),
    ARTIFACT("artifacts");

    private final String plural;

    Section(String plural) {
        this.plural = plural;
    }

    /** What its lines are, for people. */
    public String plural() {
        return plural;
    }

    /** The kind of rows of the graph that it holds; empty for points and artifacts. */
    Optional<GraphRow.Kind> rows() {
        return Arrays.stream(GraphRow.Kind.values())
                .filter(kind -> kind.name().equals(name()))
                .findFirst();
    }

    /** Its name in files: in lower case. */
    String fileName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
