package dev.slipway.runtime.observe;

import dev.slipway.kernel.id.EventId;
import dev.slipway.kernel.id.IdGenerator;
import dev.slipway.runtime.security.FilterOrder;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Gives every request an id, the sender's own if it sent one, and puts it on every log line and into the answer. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(FilterOrder.REQUEST_ID)
final class RequestIdFilter {
    private final IdGenerator ids;

    RequestIdFilter(IdGenerator ids) {
        this.ids = ids;
    }

    @RequestFilter
    void identify(HttpRequest<?> request, MutablePropagatedContext context) {
        String id =
                RequestId.sent(request).orElseGet(() -> ids.next(EventId::new).value());
        request.setAttribute(RequestId.ATTRIBUTE, id);
        context.add(new LogContext(RequestId.LOG_KEY, id));
    }

    @ResponseFilter
    void answer(HttpRequest<?> request, MutableHttpResponse<?> response) {
        RequestId.of(request).ifPresent(id -> response.header(RequestId.HEADER, id));
    }
}
