package dev.slipway.store.arangodb.fake;

import dev.slipway.store.arangodb.fake.Transaction.Access;
import dev.slipway.store.arangodb.fake.Transaction.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code /_api/transaction}: stream transactions, no JavaScript ones. */
final class TransactionsArea implements Area {

    private final Transactions transactions;
    private final Cursors cursors;
    private final Json json;

    TransactionsArea(Transactions transactions, Cursors cursors, Json json) {
        this.transactions = transactions;
        this.cursors = cursors;
        this.json = json;
    }

    @Override
    public Answer answer(Request request) {
        if (request.is("GET", 2)) {
            List<Object> running = transactions.running(request.database()).stream()
                    .<Object>map(one -> Map.of("id", one.id(), "state", "running"))
                    .toList();
            return Answer.of(200, Map.of("transactions", running));
        }
        if (request.is("POST", 3) && request.segment(2).equals("begin")) {
            Transaction begun = transactions.begin(request.database(), declaration(request.object(json)));
            return Answer.result(201, describe(begun));
        }
        if (request.length() != 3) {
            throw Area.unknown(request);
        }
        String id = id(request.segment(2));
        return switch (request.method()) {
            case "GET" -> Answer.result(200, describe(transactions.status(request.database(), id)));
            case "PUT" -> end(request, id, Status.COMMITTED);
            case "DELETE" -> end(request, id, Status.ABORTED);
            default -> throw Area.unknown(request);
        };
    }

    private Answer end(Request request, String id, Status with) {
        Transaction ended = transactions.end(request.database(), id, with);
        cursors.dropOf(ended);
        return Answer.result(200, describe(ended));
    }

    private static Declaration declaration(Map<String, Object> body) {
        if (!(body.get("collections") instanceof Map<?, ?> collections)) {
            throw Refusals.badParameter("missing 'collections' attribute in transaction definition");
        }
        Map<String, Access> declared = new LinkedHashMap<>();
        declare(declared, collections.get("read"), Access.READ);
        declare(declared, collections.get("write"), Access.WRITE);
        declare(declared, collections.get("exclusive"), Access.EXCLUSIVE);
        return new Declaration(
                declared,
                !Boolean.FALSE.equals(body.get("allowImplicit")),
                seconds(body.get("lockTimeout")),
                bytes(body.get("maxTransactionSize")));
    }

    private static void declare(Map<String, Access> declared, Object names, Access access) {
        if (names == null) {
            return;
        }
        List<?> list = names instanceof List<?> several ? several : List.of(names);
        for (Object name : list) {
            if (!(name instanceof String text)) {
                throw Refusals.badParameter("invalid 'collections' attribute in transaction definition");
            }
            declared.merge(text, access, (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
    }

    private static Duration seconds(Object lockTimeout) {
        if (lockTimeout == null) {
            return Declaration.DEFAULT_LOCK_TIMEOUT;
        }
        if (lockTimeout instanceof Number seconds && seconds.doubleValue() >= 0) {
            return Duration.ofMillis((long) (seconds.doubleValue() * 1000));
        }
        throw Refusals.badParameter("<lockTimeout> needs to be positive");
    }

    private static long bytes(Object maxTransactionSize) {
        if (maxTransactionSize == null) {
            return Declaration.LARGEST;
        }
        if (maxTransactionSize instanceof Number bytes && bytes.longValue() > 0) {
            return Math.min(bytes.longValue(), Declaration.LARGEST);
        }
        throw Refusals.badParameter("<maxTransactionSize> needs to be positive");
    }

    static String id(String text) {
        if (!text.matches("[0-9]+")) {
            throw Refusals.badParameter("bad transaction ID: " + text);
        }
        return text;
    }

    private static Map<String, Object> describe(Transaction transaction) {
        return Map.of(
                "id", transaction.id(), "status", transaction.status().name().toLowerCase(Locale.ROOT));
    }
}
