package dev.slipway.runtime.errors;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tells why a call failed that got no answer, and so whether it may be made again. */
public final class ConnectFailures {
    private static final int DEPTH = 10;

    private ConnectFailures() {}

    /** Whether there was never a connection. */
    public static boolean neverConnected(Throwable failure) {
        return any(
                failure,
                cause -> cause instanceof ConnectException
                        || cause instanceof UnknownHostException
                        || cause instanceof NoRouteToHostException);
    }

    /** Whether a connection broke, or never was; a deadline that has passed is something else. */
    public static boolean lost(Throwable failure) {
        return any(failure, IOException.class::isInstance);
    }

    private static boolean any(Throwable failure, Predicate<Throwable> kind) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEPTH)
                .anyMatch(kind);
    }
}
