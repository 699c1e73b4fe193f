package dev.slipway.clients;

import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.ReadTimeoutException;
import io.micronaut.http.client.exceptions.ResponseClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tells why a call got no answer, and so whether it may be made again. */
final class Unanswered {
    private static final int DEPTH = 10;

    private Unanswered() {}

    /** Nobody has seen the request. */
    static boolean neverConnected(Throwable failure) {
        return any(
                failure,
                cause -> cause instanceof ConnectException
                        || cause instanceof UnknownHostException
                        || cause instanceof NoRouteToHostException);
    }

    /** The connection broke: nobody, or somebody who has gone, has seen the request. A deadline that passed is not meant. */
    static boolean lost(HttpClientException failure) {
        return !(failure instanceof ReadTimeoutException)
                && any(failure, cause -> cause instanceof ResponseClosedException || cause instanceof IOException);
    }

    private static boolean any(Throwable failure, Predicate<Throwable> kind) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEPTH)
                .anyMatch(kind);
    }
}
