package dev.slipway.runtime.errors;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/** Tells failed calls that nobody has seen, which may therefore be made again, from all others. */
public final class ConnectFailures {
    private static final int DEPTH = 10;

    private ConnectFailures() {}

    /** Whether there was never a connection. */
    public static boolean neverConnected(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEPTH)
                .anyMatch(cause -> cause instanceof ConnectException
                        || cause instanceof UnknownHostException
                        || cause instanceof NoRouteToHostException);
    }
}
