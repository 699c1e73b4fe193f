package dev.slipway.runtime.security;

import dev.slipway.runtime.caller.Callers;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.FilterPatternStyle;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/**
 * Carries out every request in the name of its caller. A socket is left out: Micronaut has to open it on the event loop, and
 * whoever serves it identifies the caller of each of its operations.
 */
@ServerFilter(value = "^(?!/graphql-ws$).*$", patternStyle = FilterPatternStyle.REGEX)
@Order(FilterOrder.CALLER)
final class CallerFilter {
    private final Identification identification;
    private final Callers callers;

    CallerFilter(Identification identification, Callers callers) {
        this.identification = identification;
        this.callers = callers;
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    void identify(HttpRequest<?> request, MutablePropagatedContext context) {
        identification.caller(request).ifPresent(caller -> context.add(callers.element(caller)));
    }
}
