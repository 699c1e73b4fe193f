package dev.slipway.training.trace;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.kernel.id.TraceId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Sets and removes the tags of traces. */
@Singleton
public final class TraceTags {
    /** The tag that says where the spans are; it is there once some are. */
    public static final String SPANS_LOCATION = "mlflow.trace.spansLocation";

    private static final Set<String> RESERVED =
            Set.of(SPANS_LOCATION, "mlflow.trace.archiveLocation", "mlflow.trace.archivalFailure");

    private final TraceWriter writer;

    TraceTags(TraceWriter writer) {
        this.writer = writer;
    }

    static boolean reserved(String key) {
        return RESERVED.contains(key);
    }

    /** Sets a tag; {@code trace.unknown}, {@code trace.key}, {@code trace.tag-reserved}. */
    public void set(TraceId id, String key, String value) {
        checkFree(key);
        writer.write(List.of(id), (each, trace) -> {
            Trace there = Traces.there(id, trace);
            return there.withTags(TraceTexts.joined(there.tags(), Map.of(key, value)));
        });
    }

    /** Removes a tag, or fails with {@code trace.tag} when there is none of the key. */
    public void remove(TraceId id, String key) {
        checkFree(key);
        writer.write(List.of(id), (each, trace) -> {
            Map<String, String> left = new TreeMap<>(Traces.there(id, trace).tags());
            if (left.remove(key) == null) {
                throw SlipwayException.notFound(
                        "trace.tag",
                        "No trace tag with key '" + TraceTexts.cut(key, 100) + "' for trace with ID '"
                                + TraceIds.shown(id) + "'.");
            }
            return trace.withTags(left);
        });
    }

    /**
     * Links a trace to versions of prompts, besides those that it is linked to.
     *
     * @throws SlipwayException {@code trace.unknown}; {@code trace.prompts} for too many
     */
    public void link(TraceId id, List<LinkedPrompts.Prompt> prompts) {
        writer.write(List.of(id), (each, trace) -> {
            Trace there = Traces.there(id, trace);
            String linked = LinkedPrompts.with(there.tags().get(LinkedPrompts.TAG), prompts);
            return prompts.isEmpty()
                    ? there
                    : there.withTags(TraceTexts.joined(there.tags(), Map.of(LinkedPrompts.TAG, linked)));
        });
    }

    private static void checkFree(String key) {
        if (reserved(key)) {
            throw SlipwayException.invalid(
                    "trace.tag-reserved", "Tag '" + key + "' is immutable: it says where the spans of the trace are.");
        }
    }
}
