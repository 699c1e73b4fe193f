package dev.slipway.api.jobs;

import dev.slipway.kernel.Digest;
import dev.slipway.kernel.EntityRef;
import dev.slipway.kernel.Service;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;

/**
 * A piece of work that outlives the call that asked for it.
 *
 * @param service whose workers run it
 * @param kind which handler of that service runs it, as {@code train}
 * @param subject the entity it works for
 * @param input the handler's input, a JSON object
 * @param caller the subject of the caller who asked for it
 * @param attempt how often it was started; the fencing token of every effect
 * @param worker who runs it now; null while it is queued
 * @param cancelRequested whether somebody asked it to stop
 * @param failure why it failed; null unless it did
 * @param log the artifact with its log lines; null until it has ended
 * @param started UTC milliseconds of the last start; null before the first
 * @param finished UTC milliseconds; null until it has ended
 */
@Serdeable
public record Job(
        Service service,
        String kind,
        EntityRef subject,
        String input,
        String caller,
        JobState state,
        int attempt,
        @Nullable String worker,
        boolean cancelRequested,
        @Nullable Failure failure,
        @Nullable Digest log,
        @Nullable Long started,
        @Nullable Long finished) {}
