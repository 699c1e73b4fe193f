package dev.slipway.store.arangodb;

import com.arangodb.entity.BaseDocument;
import java.util.List;

/** Reads the attributes of documents. */
final class Fields {
    private Fields() {}

    static String text(BaseDocument document, String name) {
        return (String) document.getAttribute(name);
    }

    /** Small numbers come as Integers, large ones as Longs. */
    static long number(BaseDocument document, String name) {
        return ((Number) document.getAttribute(name)).longValue();
    }

    static List<?> list(BaseDocument document, String name) {
        return (List<?>) document.getAttribute(name);
    }
}
