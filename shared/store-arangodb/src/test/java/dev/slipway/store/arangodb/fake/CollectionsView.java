package dev.slipway.store.arangodb.fake;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The collections of a database as one transaction sees them: what was committed when it began, and its own writes.
 *
 * <p>Documents are unmodifiable maps with {@code _key}, {@code _id} and {@code _rev}, edges also with {@code _from} and
 * {@code _to}; whole numbers are {@code Long}, others {@code Double}. Sort with {@link AqlOrder}, and read revisions with
 * {@link Revisions#decode}. Every refusal is an {@link ArangoRefusal}, which
 * reaches the client as the documented error.
 */
public interface CollectionsView {

    /** All documents of a collection in no particular order, as a query without {@code SORT} gives them. */
    List<Map<String, Object>> documents(String collection);

    /**
     * The documents whose attribute equals {@code value}, in no particular order. Needs no scan when the collection has
     * an index that begins with the attribute, as {@code _from} and {@code _to} of an edge collection do.
     */
    List<Map<String, Object>> documentsWhere(String collection, String attribute, Object value);

    /** The document with this key, or nothing. */
    Optional<Map<String, Object>> document(String collection, String key);

    /** Inserts a document, with a key made up if it has none, and gives it as stored. */
    Map<String, Object> insert(String collection, Map<String, Object> document);

    /**
     * Merges {@code patch} into the document with this key, as {@code UPDATE} with its default options does, and gives
     * it as stored.
     */
    Map<String, Object> update(String collection, String key, Map<String, Object> patch);

    /** Puts {@code document} in the place of the one with this key and gives it as stored. */
    Map<String, Object> replace(String collection, String key, Map<String, Object> document);

    /** Removes the document with this key and gives it as it was. */
    Map<String, Object> remove(String collection, String key);
}
