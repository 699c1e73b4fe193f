package dev.slipway.runtime.observe;

import dev.slipway.runtime.security.FilterOrder;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.tracing.opentelemetry.OpenTelemetryPropagationContext;
import io.micronaut.tracing.opentelemetry.instrument.http.server.OpenTelemetryServerFilter;
import io.micronaut.tracing.opentelemetry.instrument.util.OpenTelemetryExclusionsConfiguration;
import io.micronaut.web.router.RouteAttributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.instrumentation.api.instrumenter.Instrumenter;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes a span of every request, which goes on with the sender's trace if it sent one, and puts the trace on the log lines. Micronaut's
 * own filter comes after those that refuse and forward requests, whose spans would be missing.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(FilterOrder.TRACE)
@Replaces(OpenTelemetryServerFilter.class)
@Requires(beans = Tracer.class)
final class TraceFilter {
    private static final String SPAN = TraceFilter.class.getName();
    private static final String LOG_KEY = "trace";

    private final Instrumenter<HttpRequest<?>, Object> instrumenter;
    private final Predicate<String> excluded;

    TraceFilter(
            @Named("micronautHttpServerTelemetryInstrumenter") Instrumenter<HttpRequest<?>, Object> instrumenter,
            OpenTelemetryExclusionsConfiguration exclusions) {
        this.instrumenter = instrumenter;
        this.excluded = Optional.ofNullable(exclusions.exclusionTest()).orElse(path -> false);
    }

    @RequestFilter
    void start(HttpRequest<?> request, MutablePropagatedContext context) {
        if (excluded.test(request.getPath()) || !instrumenter.shouldStart(Context.root(), request)) {
            return;
        }
        Context span = instrumenter.start(Context.root(), request);
        request.setAttribute(SPAN, span);
        context.add(new OpenTelemetryPropagationContext(span));
        context.add(
                new LogContext(LOG_KEY, Span.fromContext(span).getSpanContext().getTraceId()));
    }

    @ResponseFilter
    void end(HttpRequest<?> request, MutableHttpResponse<?> response) {
        request.removeAttribute(SPAN, Context.class)
                .ifPresent(span -> instrumenter.end(
                        span,
                        request,
                        response,
                        RouteAttributes.getException(response)
                                .filter(failure -> response.code() >= 500)
                                .orElse(null)));
    }
}
