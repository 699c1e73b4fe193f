package dev.slipway.clients;

import dev.slipway.runtime.errors.ConnectFailures;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.ResponseFilter;

/** Notes which addresses answer. */
@ClientFilter(ClientFilter.MATCH_ALL_PATTERN)
final class ReplicaFilter {
    private final Replicas replicas;

    ReplicaFilter(Replicas replicas) {
        this.replicas = replicas;
    }

    @ResponseFilter
    void answered(MutableHttpRequest<?> request, HttpResponse<?> response) {
        replicas.answered(request.getUri());
    }

    @ResponseFilter
    void failed(MutableHttpRequest<?> request, Throwable failure) {
        if (ConnectFailures.neverConnected(failure)) {
            replicas.missed(request.getUri());
        }
    }
}
