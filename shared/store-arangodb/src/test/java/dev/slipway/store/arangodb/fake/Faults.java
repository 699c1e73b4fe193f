package dev.slipway.store.arangodb.fake;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The faults that a test has ordered, and the count of all requests; safe for many threads. */
public final class Faults {

    private final List<Order> orders = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private int injected;

    Faults() {}

    /** One fault for one request; several orders for the same request are served one request after another. */
    public synchronized void next(RequestMatcher matcher, Fault fault) {
        orders.add(new Order(matcher, fault));
    }

    /** The same fault for every matching request until {@link #clear()}. */
    public synchronized void always(RequestMatcher matcher, Fault fault) {
        orders.add(new Order(matcher, fault, true));
    }

    /** Takes back all orders that have not been served. */
    public synchronized void clear() {
        orders.clear();
    }

    /** How many faults were served. */
    public synchronized int injected() {
        return injected;
    }

    /** How many orders of {@link #next} wait for their request. */
    public synchronized int pending() {
        return (int) orders.stream().filter(order -> !order.standing).count();
    }

    /** How many requests have arrived that match, with a fault or without; the ordinal does not matter. */
    public synchronized int seen(RequestMatcher matcher) {
        return (int) requests.stream()
                .filter(request -> matcher.matches(request.method, request.path))
                .count();
    }

    synchronized Optional<Fault> take(String method, String path) {
        requests.add(new Request(method, path));
        Fault found = null;
        for (Iterator<Order> all = orders.iterator(); all.hasNext(); ) {
            Order order = all.next();
            if (!order.matcher.matches(method, path)) {
                continue;
            }
            order.matched++;
            if (found == null && (order.standing || order.matched >= order.matcher.ordinal())) {
                found = order.fault;
                injected++;
                if (!order.standing) {
                    all.remove();
                }
            }
        }
        return Optional.ofNullable(found);
    }

    private record Request(String method, String path) {}

    private static final class Order {
        private final RequestMatcher matcher;
        private final Fault fault;
        private final boolean standing;
        private int matched;

        Order(RequestMatcher matcher, Fault fault) {
            this(matcher, fault, false);
        }

        Order(RequestMatcher matcher, Fault fault, boolean standing) {
            this.matcher = matcher;
            this.fault = fault;
            this.standing = standing;
        }
    }
}
