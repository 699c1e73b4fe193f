package dev.slipway.gateway.socket;

import graphql.ExecutionResult;
import io.micronaut.websocket.WebSocketSession;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** An operation of a socket, from {@code subscribe} to {@code complete} or {@code error}. It asks for the next result when the last is sent. */
final class RunningOperation implements Subscriber<ExecutionResult> {
    private final WebSocketSession session;
    private final String id;
    private final OperationRunner runner;
    private final Runnable atEnd;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicReference<Subscription> source = new AtomicReference<>();

    RunningOperation(WebSocketSession session, String id, OperationRunner runner, Runnable atEnd) {
        this.session = session;
        this.id = id;
        this.runner = runner;
        this.atEnd = atEnd;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        source.set(subscription);
        // It may have been cancelled before it had begun.
        if (ended.get()) {
            subscription.cancel();
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onNext(ExecutionResult result) {
        if (!ended.get()) {
            runner.send(session, message("next", runner.answer(result)))
                    .whenComplete((sent, failed) -> goOn(failed == null));
        }
    }

    @Override
    public void onError(Throwable error) {
        fail(runner.failure(error));
    }

    @Override
    public void onComplete() {
        if (end()) {
            runner.send(session, Map.of("id", id, "type", "complete"));
        }
    }

    /** The only result of a query or mutation. */
    void answer(ExecutionResult result) {
        if (end()) {
            runner.send(session, message("next", runner.answer(result)));
            runner.send(session, Map.of("id", id, "type", "complete"));
        }
    }

    void fail(List<Map<String, Object>> errors) {
        if (end()) {
            runner.send(session, message("error", errors));
        }
    }

    /** Nothing more is sent, whatever is still under way. */
    void cancel() {
        ended.set(true);
        Subscription subscription = source.get();
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private void goOn(boolean sent) {
        Subscription subscription = source.get();
        if (!sent) {
            cancel();
        } else if (subscription != null) {
            subscription.request(1);
        }
    }

    private boolean end() {
        boolean first = !ended.getAndSet(true);
        if (first) {
            atEnd.run();
        }
        return first;
    }

    private Map<String, Object> message(String type, Object payload) {
        return Map.of("id", id, "type", type, "payload", payload);
    }
}
