package dev.slipway.store.arangodb.fake;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server checks of an AQL text before it runs, as far as that can be seen without a parser. */
final class QueryChecks {

    private static final Pattern VARIABLE =
            Pattern.compile("\\b(?:LET|INTO|COLLECT)\\s+(\\w+)|,\\s*(\\w+)\\s*=[^=]", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOOP =
            Pattern.compile("\\bFOR\\s+(\\w+(?:\\s*,\\s*\\w+)*)\\s+IN\\s+", Pattern.CASE_INSENSITIVE);
    private static final Pattern SOURCE = Pattern.compile(
            "\\bFOR\\s+(\\w+)\\s+IN\\s+(@@\\w+|[A-Za-z_]\\w*)(?![\\w.(\\[])(\\s+OPTIONS\\s*\\{[^}]*\\})?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern WITH =
            Pattern.compile("\\A\\s*WITH\\s+(\\w+(?:\\s*,\\s*\\w+)*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern GRAPH = Pattern.compile("\\bGRAPH\\s+(@\\w+|\"\\w+\")", Pattern.CASE_INSENSITIVE);
    private static final Pattern HINT = Pattern.compile("indexHint:\\s*\"(\\w+)\"");
    private static final Pattern FORCED = Pattern.compile("forceIndexHint:\\s*true");

    private final StoredDatabase database;
    private final Map<String, Object> values;

    QueryChecks(StoredDatabase database, Map<String, Object> values) {
        this.database = database;
        this.values = values;
    }

    /** Every collection (1203) and graph (1924) that the text names is there, and every index it insists on (1577). */
    void check(String aql) {
        Matcher with = WITH.matcher(aql);
        if (with.find()) {
            for (String name : with.group(1).split(",", -1)) {
                database.collection(name.trim());
            }
        }
        Matcher graphs = GRAPH.matcher(aql);
        while (graphs.find()) {
            checkGraph(graphs.group(1));
        }
        Set<String> variables = variables(aql);
        Matcher sources = SOURCE.matcher(aql);
        while (sources.find()) {
            String source = sources.group(2);
            if (source.startsWith("@@")) {
                checkHint(aql, sources, database.collection((String) values.get(source.substring(1))));
            } else if (!variables.contains(source)) {
                checkHint(aql, sources, database.collection(source));
            }
        }
    }

    private void checkGraph(String named) {
        String name = named.startsWith("@") ? (String) values.get(named.substring(1)) : named.replace("\"", "");
        if (!database.graphs().containsKey(name)) {
            throw Refusals.graph(404, 1924, "graph '" + name + "' not found");
        }
    }

    private static Set<String> variables(String aql) {
        Set<String> names = new HashSet<>();
        Matcher variables = VARIABLE.matcher(aql);
        while (variables.find()) {
            names.add(variables.group(1) == null ? variables.group(2) : variables.group(1));
        }
        Matcher loops = LOOP.matcher(aql);
        while (loops.find()) {
            for (String name : loops.group(1).split(",", -1)) {
                names.add(name.trim());
            }
        }
        // A traversal's direction stands where a collection would.
        names.addAll(Set.of("OUTBOUND", "INBOUND", "ANY", "outbound", "inbound", "any"));
        return names;
    }

    /** A forced index is there, and the text says something of its first attribute. */
    private static void checkHint(String aql, Matcher loop, StoredCollection collection) {
        String options = loop.group(3);
        if (options == null || !FORCED.matcher(options).find()) {
            return;
        }
        Matcher hint = HINT.matcher(options);
        if (!hint.find()) {
            return;
        }
        boolean usable = collection.indexes().stream()
                .filter(index -> index.name().equals(hint.group(1)))
                .map(index -> loop.group(1) + "." + index.fields().get(0))
                .anyMatch(attribute -> Pattern.compile("\\b" + Pattern.quote(attribute) + "\\b")
                        .matcher(aql)
                        .find());
        if (!usable) {
            throw new ArangoRefusal(
                    500,
                    1577,
                    "could not use index hint to serve query: " + hint.group(1) + " of " + collection.name());
        }
    }
}
