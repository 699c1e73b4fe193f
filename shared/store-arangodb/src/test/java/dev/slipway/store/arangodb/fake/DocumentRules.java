package dev.slipway.store.arangodb.fake;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What the documentation says about names, keys and ids. */
final class DocumentRules {

    /** Attributes that the server sets itself; in a body they are only hints or conditions. */
    static final Set<String> SYSTEM_ATTRIBUTES = Set.of("_id", "_key", "_rev", "_from", "_to");

    private static final int LONGEST_KEY = 254;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_\\-:.@()+,=;$!*'%]+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,255}");
    private static final Pattern SYSTEM_NAME = Pattern.compile("_[A-Za-z0-9_-]{0,255}");

    private DocumentRules() {}

    /** A key that a document may have, or 1221. */
    static String checkedKey(Object key) {
        if (key instanceof String text && isKey(text)) {
            return text;
        }
        throw Refusals.illegalKey();
    }

    private static boolean isKey(String text) {
        return KEY.matcher(text).matches() && text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_KEY;
    }

    /** An edge has {@code _from} and {@code _to}, each a document id, or 1233. */
    static void checkEdge(Map<String, Object> edge) {
        if (!isId(edge.get("_from")) || !isId(edge.get("_to"))) {
            throw Refusals.edgeAttributeInvalid();
        }
    }

    private static boolean isId(Object id) {
        if (!(id instanceof String text)) {
            return false;
        }
        int slash = text.indexOf('/');
        return slash > 0 && isName(text.substring(0, slash), true) && isKey(text.substring(slash + 1));
    }

    static boolean isName(String name, boolean system) {
        return NAME.matcher(name).matches()
                || (system && SYSTEM_NAME.matcher(name).matches());
    }
}
