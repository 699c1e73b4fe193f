package dev.slipway.runtime.errors;

import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What really went wrong, under the wrappings of the framework. */
final class Causes {
    private static final int DEPTH = 20;

    private Causes() {}

    /** Our own exception, as a record's constructor throws it while a body or a path is read. */
    static Optional<SlipwayException> slipway(Throwable failure) {
        return find(failure, SlipwayException.class::isInstance).map(SlipwayException.class::cast);
    }

    static Optional<SlipwayException> tooLarge(Throwable failure) {
        return find(
                        failure,
                        cause -> cause instanceof ContentLengthExceededException
                                || cause instanceof BufferLengthExceededException)
                .map(cause -> bodyTooLarge());
    }

    static SlipwayException bodyTooLarge() {
        return SlipwayException.tooLarge(
                "request.too-large", "The body is larger than this server takes; send less at once.");
    }

    static SlipwayException internal() {
        return new SlipwayException(
                ErrorKind.INTERNAL,
                "internal",
                "The server failed because of a defect; its log says more under this request's id.",
                null);
    }

    private static Optional<Throwable> find(Throwable failure, Predicate<Throwable> wanted) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEPTH)
                .filter(wanted)
                .findFirst();
    }
}
