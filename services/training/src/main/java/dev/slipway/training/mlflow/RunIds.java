package dev.slipway.training.mlflow;

import dev.slipway.api.Required;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.RunId;
import io.micronaut.core.annotation.Nullable;
import java.util.regex.Pattern;

/** Reads the ids of runs in requests. */
final class RunIds {
    private static final Pattern OURS = Pattern.compile("[0-9a-f]{32}");

    private RunIds() {}

    /** What stands in {@code run_id} or, from older clients, in {@code run_uuid}; {@code run.unknown} if it is no id. */
    static RunId of(@Nullable String runId, @Nullable String runUuid) {
        String id = runId == null || runId.isEmpty() ? runUuid : runId;
        Required.part("run_id", id);
        return of(id);
    }

    /** The id that a new run is to have; {@code run.id} if it can't be one. */
    static RunId given(String runId) {
        if (!OURS.matcher(runId).matches()) {
            throw SlipwayException.invalid(
                    "run.id", "'" + runId + "' can't be the id of a run, which is 32 digits of 0-9 and a-f.");
        }
        return new RunId(runId);
    }

    static RunId of(@Nullable String runId) {
        Required.part("run_id", runId);
        if (!OURS.matcher(runId).matches()) {
            throw SlipwayException.notFound("run.unknown", "There is no run with id '" + runId + "'.");
        }
        return new RunId(runId);
    }
}
