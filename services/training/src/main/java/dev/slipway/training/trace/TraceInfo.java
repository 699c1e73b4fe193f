package dev.slipway.training.trace;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A trace in short.
 *
 * @param requestTime when it began, UTC milliseconds
 * @param duration milliseconds; null while nobody knows
 * @param clientRequestId how the application calls it
 * @param requestPreview the beginning of what was asked, at most {@value #MAX_PREVIEW} characters
 * @param responsePreview the beginning of what was answered, at most as long
 */
@Serdeable
public record TraceInfo(
        TraceState state,
        long requestTime,
        @Nullable Long duration,
        @Nullable String clientRequestId,
        @Nullable String requestPreview,
        @Nullable String responsePreview) {
    static final int MAX_PREVIEW = 10_000;
    private static final int MAX_CLIENT_ID = 1000;

    public TraceInfo {
        clientRequestId = TraceTexts.cut(clientRequestId, MAX_CLIENT_ID);
        requestPreview = TraceTexts.cut(requestPreview, MAX_PREVIEW);
        responsePreview = TraceTexts.cut(responsePreview, MAX_PREVIEW);
    }

    /** When it ended, UTC milliseconds, as far as it is known. */
    long end() {
        return duration == null ? requestTime : requestTime + duration;
    }

    /** The same with the previews of another where this has none. */
    TraceInfo orPreviews(@Nullable String request, @Nullable String response) {
        return new TraceInfo(
                state,
                requestTime,
                duration,
                clientRequestId,
                requestPreview == null ? request : requestPreview,
                responsePreview == null ? response : responsePreview);
    }

    TraceInfo during(long from, @Nullable Long lasting) {
        return new TraceInfo(state, from, lasting, clientRequestId, requestPreview, responsePreview);
    }

    TraceInfo withState(TraceState known) {
        return new TraceInfo(known, requestTime, duration, clientRequestId, requestPreview, responsePreview);
    }
}
