package dev.slipway.store.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverExecutionException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.UnsupportedProtocolVersionException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.ConnectionInitException;
import com.datastax.oss.driver.api.core.connection.HeartbeatException;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.QueryExecutionException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** What the driver's failures mean to a caller. */
final class CassandraErrors {
    private final CassandraSettings settings;

    CassandraErrors(CassandraSettings settings) {
        this.settings = settings;
    }

    /** Why the store can't be opened. */
    SlipwayException opening(Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof SlipwayException known) {
            return known;
        }
        if (causes(cause).anyMatch(AuthenticationException.class::isInstance)) {
            return new SlipwayException(
                    ErrorKind.UNAUTHENTICATED,
                    "store.credentials",
                    settings + " refuses "
                            + settings.user().map(user -> "user '" + user + "'").orElse("to serve us without a user")
                            + ": set the right user and password.",
                    cause);
        }
        if (causes(cause).anyMatch(UnsupportedProtocolVersionException.class::isInstance)) {
            return tooOld("it does not speak protocol version 5", cause);
        }
        if (mayPass(cause)) {
            return SlipwayException.unavailable(
                    "store.unreachable",
                    settings + " can't be reached: " + reason(cause)
                            + ". Check that it runs, its address and the datacenter's name.",
                    cause);
        }
        return calling(cause);
    }

    SlipwayException tooOld(String why, Throwable cause) {
        return new SlipwayException(
                ErrorKind.UNSUPPORTED,
                "store.server-version",
                settings + " is too old: " + why + ". Metrics need Cassandra 5.0 or newer.",
                cause);
    }

    /** Why a call failed. */
    SlipwayException calling(Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof SlipwayException known) {
            return known;
        }
        if (cause instanceof UnauthorizedException) {
            return new SlipwayException(
                    ErrorKind.FORBIDDEN,
                    "store.forbidden",
                    settings + " does not allow its user to do this: " + cause.getMessage()
                            + ". Grant CREATE, SELECT and MODIFY on the keyspace.",
                    cause);
        }
        if (mayPass(cause)) {
            return SlipwayException.unavailable(
                    "store.unavailable",
                    settings + " does not answer now: " + reason(cause)
                            + ". What was to be written may have been written in part; try again, repeating is harmless.",
                    cause);
        }
        return SlipwayException.internal("store.failed", settings + ": " + reason(cause), cause);
    }

    SlipwayException closed(Throwable cause) {
        return SlipwayException.unavailable(
                "store.closed", "The store on " + settings + " is closed: the process is ending.", cause);
    }

    SlipwayException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return SlipwayException.unavailable(
                "store.interrupted", "Waiting for " + settings + " was interrupted.", cause);
    }

    /** Whether the same request may succeed later; a node's own failure counts, because another node may do better. */
    private static boolean mayPass(Throwable cause) {
        return cause instanceof AllNodesFailedException
                || cause instanceof DriverTimeoutException
                || cause instanceof QueryExecutionException
                || cause instanceof ServerError
                || cause instanceof BusyConnectionException
                || cause instanceof ClosedConnectionException
                || cause instanceof HeartbeatException
                || cause instanceof ConnectionInitException
                || cause instanceof IOException;
    }

    /** Whether a node says that it failed within, or that it does not know what was named: both are so of a table just made. */
    static boolean mayBeTooEarly(SlipwayException failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof ServerError || cause instanceof InvalidQueryException);
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException
                        || cause instanceof ExecutionException
                        || cause instanceof DriverExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The failure, its causes, and those of each node. */
    private static Stream<Throwable> causes(Throwable failure) {
        Stream<Throwable> nodes = failure instanceof AllNodesFailedException all
                ? all.getAllErrors().values().stream().flatMap(List::stream).flatMap(CassandraErrors::causes)
                : Stream.empty();
        Stream<Throwable> deeper = failure.getCause() == null ? Stream.empty() : causes(failure.getCause());
        return Stream.concat(Stream.of(failure), Stream.concat(nodes, deeper));
    }
}
