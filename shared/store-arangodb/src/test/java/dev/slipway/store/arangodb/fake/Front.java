package dev.slipway.store.arangodb.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.slipway.store.arangodb.fake.Fault.Delay;
import dev.slipway.store.arangodb.fake.Fault.DropAfter;
import dev.slipway.store.arangodb.fake.Fault.DropBefore;
import dev.slipway.store.arangodb.fake.Fault.ErrorAnswer;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Takes every request through the ordered faults, the check of credentials and its area, and sends the answer. */
final class Front implements HttpHandler {

    private static final System.Logger LOG = System.getLogger(Front.class.getName());
    private static final long LONGEST_DELAY_SECONDS = 60;

    private final Faults faults;
    private final Authentication authentication;
    private final Transactions transactions;
    private final Router router;
    private final Json json;

    Front(Faults faults, Authentication authentication, Transactions transactions, Router router, Json json) {
        this.faults = faults;
        this.authentication = authentication;
        this.transactions = transactions;
        this.router = router;
        this.json = json;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        // Closing an exchange that has no answer yet closes its connection.
        try (exchange) {
            Request request = RequestParser.parse(exchange);
            Optional<Fault> fault = faults.take(request.method(), request.path());
            if (fault.isPresent() && fault.get() instanceof DropBefore) {
                return;
            }
            Answer answer = answer(request, fault);
            if (fault.isPresent() && fault.get() instanceof DropAfter) {
                return;
            }
            send(exchange, answer);
        }
    }

    private Answer answer(Request request, Optional<Fault> fault) {
        try {
            if (fault.isPresent() && fault.get() instanceof ErrorAnswer error) {
                throw new ArangoRefusal(error.httpStatus(), error.errorNumber(), "a fault that the test has ordered");
            }
            return authenticated(request, fault);
        } catch (ArangoRefusal refusal) {
            return Answer.refusal(refusal);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "The double failed at " + request.method() + " " + request.path(), e);
            return Answer.refusal(new ArangoRefusal(500, 4, "internal error: " + e));
        }
    }

    private Answer authenticated(Request request, Optional<Fault> fault) {
        if (request.path().equals("/_open/auth")) {
            return authentication.open(request);
        }
        authentication.check(request);
        Router.Route route = router.route(request);
        Optional<String> transactionId = route.transactional() ? request.transactionId() : Optional.empty();
        if (transactionId.isEmpty()) {
            return route.area().answer(delayed(request, fault));
        }
        Transaction leased = transactions.lease(
                request.database(), TransactionsArea.id(transactionId.get()), RequestParser.cursorOf(request));
        try {
            return route.area().answer(delayed(request.in(leased), fault));
        } finally {
            transactions.release(leased);
        }
    }

    private static Request delayed(Request request, Optional<Fault> fault) {
        if (fault.isPresent() && fault.get() instanceof Delay delay) {
            try {
                if (!delay.until().await(LONGEST_DELAY_SECONDS, TimeUnit.SECONDS)) {
                    throw new ArangoRefusal(500, 4, "the test left a request waiting for a minute");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ArangoRefusal(503, 30, "shutdown in progress");
            }
        }
        return request;
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Server", ArangoDouble.BANNER);
        if (answer.body() == null || exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        byte[] body = json.write(answer.body());
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }
}
