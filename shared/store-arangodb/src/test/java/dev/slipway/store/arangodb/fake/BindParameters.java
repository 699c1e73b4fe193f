package dev.slipway.store.arangodb.fake;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bind parameters that an AQL text declares, found outside of its texts, quoted names and comments. */
final class BindParameters {

    private static final Pattern TOKEN = Pattern.compile(
            "//[^\\r\\n]*|/\\*.*?\\*/"
                    + "|\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|`(?:\\\\.|[^`\\\\])*`|´(?:\\\\.|[^´\\\\])*´"
                    + "|@(@?_?[A-Za-z0-9][A-Za-z0-9_]*)",
            Pattern.DOTALL);

    private BindParameters() {}

    /** Names without their first {@code @}; those of collections keep their second. */
    static Set<String> declared(String aql) {
        Set<String> names = new LinkedHashSet<>();
        Matcher tokens = TOKEN.matcher(aql);
        while (tokens.find()) {
            if (tokens.group(1) != null) {
                names.add(tokens.group(1));
            }
        }
        return names;
    }

    /** Every declared parameter has a value (1551) and every value is declared (1552). */
    static void check(String aql, Map<String, Object> values) {
        Set<String> declared = declared(aql);
        for (String name : declared) {
            if (!values.containsKey(name)) {
                throw new ArangoRefusal(
                        400, 1551, "no value specified for declared bind parameter '" + name + "' in: " + aql);
            }
            if (name.startsWith("@") && !(values.get(name) instanceof String)) {
                throw new ArangoRefusal(400, 1553, "bind parameter '" + name + "' has an invalid value or type");
            }
        }
        for (String name : values.keySet()) {
            if (!declared.contains(name)) {
                throw new ArangoRefusal(
                        400, 1552, "bind parameter '" + name + "' was not declared in the query: " + aql);
            }
        }
    }
}
