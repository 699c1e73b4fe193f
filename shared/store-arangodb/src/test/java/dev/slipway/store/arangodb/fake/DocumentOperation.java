package dev.slipway.store.arangodb.fake;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a request does to one document of a collection, with the query parameters of the request. */
final class DocumentOperation {

    private final Request request;
    private final String collection;
    private final TransactionView view;

    DocumentOperation(Request request, String collection, TransactionView view) {
        this.request = request;
        this.collection = collection;
        this.view = view;
    }

    Map<String, Object> insert(Object body) {
        Map<String, Object> document = document(body);
        if (document.get("_key") instanceof String key) {
            Optional<Map<String, Object>> existing = view.document(collection, key);
            if (existing.isPresent()) {
                return insertOver(key, document, existing.get());
            }
        }
        return result(null, view.insert(collection, document), request.flag("returnNew", false));
    }

    private Map<String, Object> insertOver(String key, Map<String, Object> document, Map<String, Object> existing) {
        String fallback = request.flag("overwrite", false) ? "replace" : "conflict";
        String mode = request.query().getOrDefault("overwriteMode", fallback);
        return switch (mode) {
            case "ignore" -> {
                Map<String, Object> result = result(null, existing, false);
                if (request.flag("returnNew", false)) {
                    result.put("new", null);
                }
                yield result;
            }
            case "replace" -> changed(existing, view.replace(collection, key, document));
            case "update" ->
                changed(existing, view.update(collection, key, patch(document), options(Optional.empty())));
            case "conflict" -> result(null, view.insert(collection, document), false);
            default -> throw Refusals.badParameter("overwriteMode: " + mode);
        };
    }

    Map<String, Object> replace(String key, Object body) {
        Map<String, Object> document = document(body);
        Optional<String> revision = expectedRevision(document);
        Map<String, Object> old = view.existing(collection, key);
        return changed(old, view.replace(collection, key, document, revision));
    }

    Map<String, Object> update(String key, Object body) {
        Map<String, Object> document = document(body);
        WriteOptions options = options(expectedRevision(document));
        Map<String, Object> old = view.existing(collection, key);
        return changed(old, view.update(collection, key, patch(document), options));
    }

    Map<String, Object> remove(String key) {
        return removed(view.remove(collection, key, expectedRevision(Map.of())));
    }

    Map<String, Object> replaceByBody(Object body) {
        return replace(key(document(body)), body);
    }

    Map<String, Object> updateByBody(Object body) {
        return update(key(document(body)), body);
    }

    Map<String, Object> removeByBody(Object selector) {
        Optional<String> revision = selector instanceof Map ? expectedRevision(document(selector)) : Optional.empty();
        return removed(view.remove(collection, selected(selector), revision));
    }

    Map<String, Object> readByBody(Object selector) {
        Map<String, Object> found = view.existing(collection, selected(selector));
        if (selector instanceof Map) {
            expectedRevision(document(selector))
                    .filter(revision -> !revision.equals(found.get("_rev")))
                    .ifPresent(revision -> {
                        throw Refusals.revisionMismatch(found);
                    });
        }
        return found;
    }

    static String unquoted(String etag) {
        boolean quoted = etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"");
        return quoted ? etag.substring(1, etag.length() - 1) : etag;
    }

    /** {@code If-Match}, or the {@code _rev} of the body when that is asked for. */
    private Optional<String> expectedRevision(Map<String, Object> body) {
        Optional<String> header = request.header("if-match").map(DocumentOperation::unquoted);
        if (header.isPresent() && request.length() == 4) {
            return header;
        }
        boolean asked = !request.flag("ignoreRevs", true);
        return asked && body.get("_rev") instanceof String revision ? Optional.of(revision) : Optional.empty();
    }

    private WriteOptions options(Optional<String> expectedRevision) {
        return new WriteOptions(expectedRevision, request.flag("keepNull", true), request.flag("mergeObjects", true));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> document(Object body) {
        if (body instanceof Map<?, ?> object) {
            return (Map<String, Object>) object;
        }
        throw Refusals.documentTypeInvalid();
    }

    /** The patch without what can't be changed. */
    private static Map<String, Object> patch(Map<String, Object> body) {
        Map<String, Object> patch = new LinkedHashMap<>(body);
        patch.keySet().removeIf(name -> name.equals("_id") || name.equals("_key") || name.equals("_rev"));
        return patch;
    }

    private String selected(Object selector) {
        return selector instanceof String text ? keyOf(text) : key(document(selector));
    }

    private String key(Map<String, Object> body) {
        if (body.get("_key") instanceof String key) {
            return DocumentRules.checkedKey(key);
        }
        if (body.get("_id") instanceof String id) {
            return keyOf(id);
        }
        throw Refusals.illegalKey();
    }

    private String keyOf(String keyOrId) {
        int slash = keyOrId.indexOf('/');
        if (slash < 0) {
            return keyOrId;
        }
        if (!keyOrId.substring(0, slash).equals(collection)) {
            throw new ArangoRefusal(400, 1205, "illegal document identifier: " + keyOrId);
        }
        return keyOrId.substring(slash + 1);
    }

    private Map<String, Object> changed(Map<String, Object> old, Map<String, Object> now) {
        return result(old, now, request.flag("returnNew", false));
    }

    private Map<String, Object> result(Map<String, Object> old, Map<String, Object> now, boolean returnNew) {
        Map<String, Object> result = identity(now);
        if (old != null) {
            result.put("_oldRev", old.get("_rev"));
            if (request.flag("returnOld", false)) {
                result.put("old", old);
            }
        }
        if (returnNew) {
            result.put("new", now);
        }
        return result;
    }

    private Map<String, Object> removed(Map<String, Object> old) {
        Map<String, Object> result = identity(old);
        if (request.flag("returnOld", false)) {
            result.put("old", old);
        }
        return result;
    }

    private static Map<String, Object> identity(Map<String, Object> document) {
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put("_id", document.get("_id"));
        identity.put("_key", document.get("_key"));
        identity.put("_rev", document.get("_rev"));
        return identity;
    }
}
