package dev.slipway.clients;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.runtime.caller.CallerHeader;
import dev.slipway.runtime.caller.Callers;
import dev.slipway.runtime.observe.RequestId;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.RequestFilter;

/** Sends with every call of a contract who calls, the service token that vouches for it, and the request's id. */
@ClientFilter("/internal/**")
final class CallingFilter {
    private final Callers callers;
    private final String serviceToken;

    CallingFilter(Callers callers, @Value("${slipway.service-token:}") String serviceToken) {
        this.callers = callers;
        this.serviceToken = serviceToken;
    }

    @RequestFilter
    void identify(MutableHttpRequest<?> request) {
        if (serviceToken.isBlank()) {
            throw SlipwayException.unauthenticated(
                    "security.service-token",
                    "Calling services of other processes needs slipway.service-token, the same in all of them.");
        }
        request.bearerAuth(serviceToken);
        callers.find().ifPresent(caller -> request.header(CallerHeader.NAME, CallerHeader.write(caller)));
        RequestId.current().ifPresent(id -> request.header(RequestId.HEADER, id));
    }
}
