package dev.slipway.store.arangodb.fake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code /_api/document}: one document by its key in the path, or many in an array. */
final class DocumentsArea implements Area {

    private final Transactions transactions;
    private final Json json;

    DocumentsArea(Transactions transactions, Json json) {
        this.transactions = transactions;
        this.json = json;
    }

    @Override
    public Answer answer(Request request) {
        if (request.length() == 4) {
            return one(request, request.segment(2), request.segment(3));
        }
        if (request.length() == 3) {
            return inCollection(request, request.segment(2));
        }
        throw Area.unknown(request);
    }

    private Answer one(Request request, String collection, String key) {
        return switch (request.method()) {
            case "GET", "HEAD" -> read(request, collection, key);
            case "PUT" -> change(request, collection, operation -> operation.replace(key, request.json(json)));
            case "PATCH" -> change(request, collection, operation -> operation.update(key, request.json(json)));
            case "DELETE" -> change(request, collection, operation -> operation.remove(key));
            default -> throw Area.unknown(request);
        };
    }

    private Answer inCollection(Request request, String collection) {
        Object body = request.json(json);
        if (request.method().equals("POST") && !(body instanceof List)) {
            return change(request, collection, operation -> operation.insert(body));
        }
        if (!(body instanceof List<?> items)) {
            throw Refusals.badParameter("expecting a JSON array as the body");
        }
        return switch (request.method()) {
            case "POST" -> changeMany(request, collection, items, DocumentOperation::insert);
            case "PATCH" -> changeMany(request, collection, items, DocumentOperation::updateByBody);
            case "DELETE" -> changeMany(request, collection, items, DocumentOperation::removeByBody);
            case "PUT" ->
                request.flag("onlyget", false)
                        ? readMany(request, collection, items)
                        : changeMany(request, collection, items, DocumentOperation::replaceByBody);
            default -> throw Area.unknown(request);
        };
    }

    private Answer read(Request request, String collection, String key) {
        Map<String, Object> found = transactions.in(
                request.database(), request.transaction(), Set.of(), view -> view.existing(collection, key));
        String etag = "\"" + found.get("_rev") + "\"";
        Optional<String> unlessRevision = request.header("if-none-match").map(DocumentOperation::unquoted);
        if (unlessRevision.isPresent() && unlessRevision.get().equals(found.get("_rev"))) {
            return Answer.of(304, null).with("ETag", etag);
        }
        Optional<String> onlyRevision = request.header("if-match").map(DocumentOperation::unquoted);
        if (onlyRevision.isPresent() && !onlyRevision.get().equals(found.get("_rev"))) {
            throw Refusals.revisionMismatch(found);
        }
        return Answer.of(200, found).with("ETag", etag);
    }

    private Answer readMany(Request request, String collection, List<?> items) {
        Map<Integer, Integer> errors = new TreeMap<>();
        List<Object> results = transactions.in(request.database(), request.transaction(), Set.of(), view -> {
            DocumentOperation operation = new DocumentOperation(request, collection, view);
            view.collection(collection);
            return each(items, operation, DocumentOperation::readByBody, errors);
        });
        return withErrorCodes(Answer.of(200, results), errors);
    }

    private Answer change(Request request, String collection, Function<DocumentOperation, Map<String, Object>> work) {
        return transactions.in(request.database(), request.transaction(), Set.of(collection), view -> {
            Map<String, Object> result = work.apply(new DocumentOperation(request, collection, view));
            Object body = request.flag("silent", false) ? Map.of() : result;
            return Answer.of(status(request, view.collection(collection)), body)
                    .with("ETag", "\"" + result.get("_rev") + "\"");
        });
    }

    private Answer changeMany(
            Request request,
            String collection,
            List<?> items,
            BiFunction<DocumentOperation, Object, Map<String, Object>> work) {
        Map<Integer, Integer> errors = new TreeMap<>();
        return transactions.in(request.database(), request.transaction(), Set.of(collection), view -> {
            view.checkWritable(collection);
            List<Object> results = each(items, new DocumentOperation(request, collection, view), work, errors);
            Object body = results;
            if (request.flag("silent", false)) {
                body = errors.isEmpty() ? Map.of() : onlyErrors(results);
            }
            return withErrorCodes(Answer.of(status(request, view.collection(collection)), body), errors);
        });
    }

    /** One result for each item: what one item does wrong does not stop the others. */
    private static List<Object> each(
            List<?> items,
            DocumentOperation operation,
            BiFunction<DocumentOperation, Object, Map<String, Object>> work,
            Map<Integer, Integer> errors) {
        List<Object> results = new ArrayList<>();
        for (Object item : items) {
            try {
                results.add(work.apply(operation, item));
            } catch (ArangoRefusal refusal) {
                errors.merge(refusal.errorNumber(), 1, Integer::sum);
                Map<String, Object> error = new LinkedHashMap<>();
                error.put("error", true);
                error.put("errorNum", refusal.errorNumber());
                error.put("errorMessage", refusal.getMessage());
                results.add(error);
            }
        }
        return results;
    }

    private static List<Object> onlyErrors(List<Object> results) {
        return results.stream()
                .filter(result -> ((Map<?, ?>) result).containsKey("errorNum"))
                .toList();
    }

    private static Answer withErrorCodes(Answer answer, Map<Integer, Integer> errors) {
        if (errors.isEmpty()) {
            return answer;
        }
        String codes = errors.entrySet().stream()
                .map(error -> error.getKey() + ":" + error.getValue())
                .collect(Collectors.joining(","));
        return answer.with("X-Arango-Error-Codes", codes);
    }

    private static int status(Request request, StoredCollection collection) {
        boolean synced = request.flag("waitForSync", false) || collection.waitsForSync();
        if (!synced) {
            return 202;
        }
        return request.method().equals("DELETE") ? 200 : 201;
    }
}
