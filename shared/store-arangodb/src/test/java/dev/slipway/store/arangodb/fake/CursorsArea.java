package dev.slipway.store.arangodb.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /_api/cursor}: runs named queries. */
final class CursorsArea implements Area {

    private static final int DEFAULT_BATCH = 1000;
    private static final Duration DEFAULT_TIME_TO_LIVE = Duration.ofSeconds(30);

    private final NamedQueries queries;
    private final Storage storage;
    private final Transactions transactions;
    private final Cursors cursors;
    private final Json json;

    CursorsArea(NamedQueries queries, Storage storage, Transactions transactions, Cursors cursors, Json json) {
        this.queries = queries;
        this.storage = storage;
        this.transactions = transactions;
        this.cursors = cursors;
        this.json = json;
    }

    @Override
    public Answer answer(Request request) {
        if (request.is("POST", 2)) {
            return execute(request, request.object(json));
        }
        if (request.is("POST", 3) || request.is("PUT", 3)) {
            return cursors.next(request.database(), request.segment(2));
        }
        if (request.is("POST", 4)) {
            return cursors.batch(request.database(), request.segment(2), request.segment(3));
        }
        if (request.is("DELETE", 3)) {
            return cursors.close(request.database(), request.segment(2));
        }
        throw Area.unknown(request);
    }

    private Answer execute(Request request, Map<String, Object> body) {
        if (!(body.get("query") instanceof String aql) || aql.isBlank()) {
            throw new ArangoRefusal(400, 1502, "query is empty");
        }
        Cursors.Delivery delivery = delivery(body);
        QueryAnswer answer = queries.answerOf(aql)
                .orElseThrow(() -> new ArangoRefusal(
                        400, 1501, "syntax error: " + ArangoDouble.BANNER + " has no answer to this AQL text: " + aql));
        Map<String, Object> values = bindVariables(body.get("bindVars"));
        BindParameters.check(aql, values);
        Set<String> writes = queries.writesOf(aql);
        List<Object> result = transactions.in(request.database(), request.transaction(), writes, view -> {
            new QueryChecks(storage.database(request.database()), values).check(aql);
            writes.forEach(view::checkWritable);
            List<Object> copy = new ArrayList<>();
            answer.answer(view, values).forEach(row -> copy.add(Values.stored(row)));
            return copy;
        });
        return cursors.open(request.database(), result, delivery, request.transaction());
    }

    private static Cursors.Delivery delivery(Map<String, Object> body) {
        Object batchSize = body.getOrDefault("batchSize", (long) DEFAULT_BATCH);
        if (!(batchSize instanceof Number rows) || rows.longValue() < 1 || rows.longValue() > Integer.MAX_VALUE) {
            throw Refusals.badParameter("batchSize must be at least 1");
        }
        Duration timeToLive = body.get("ttl") instanceof Number seconds
                ? Duration.ofMillis((long) (seconds.doubleValue() * 1000))
                : DEFAULT_TIME_TO_LIVE;
        boolean allowRetry =
                body.get("options") instanceof Map<?, ?> options && Boolean.TRUE.equals(options.get("allowRetry"));
        return new Cursors.Delivery(rows.intValue(), Boolean.TRUE.equals(body.get("count")), allowRetry, timeToLive);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> bindVariables(Object values) {
        if (values == null) {
            return Map.of();
        }
        if (values instanceof Map<?, ?> object) {
            return (Map<String, Object>) object;
        }
        throw new ArangoRefusal(400, 1550, "invalid structure of bind parameters");
    }
}
