package dev.slipway.training.trace;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Map;

/** Knows how many spans an application said its trace has. */
@Singleton
public final class SpanCount {
    private static final String SIZE = "mlflow.trace.sizeStats";
    private static final String COUNT = "num_spans";

    private final ObjectMapper json;

    SpanCount(ObjectMapper json) {
        this.json = json;
    }

    /** Whether so many spans are all of a trace's, and any at all. */
    public boolean complete(Trace trace, int spans) {
        return spans >= Math.max(1, told(trace.metadata().get(SIZE)));
    }

    private int told(@Nullable String stats) {
        try {
            return stats != null
                            && json.readValue(stats, Object.class) instanceof Map<?, ?> object
                            && object.get(COUNT) instanceof Number count
                    ? count.intValue()
                    : 0;
        } catch (IOException e) {
            // What is no JSON tells of no number.
            return 0;
        }
    }
}
