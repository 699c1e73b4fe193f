package dev.slipway.training.metric;

import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Param;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.graph.Facet;
import io.micronaut.core.annotation.Nullable;
import java.util.List;

/** The bounds of what one call may log. */
final class LogLimits {
    static final int METRICS = 1000;
    static final int PARAMS = 100;
    static final int TAGS = 100;

    private LogLimits() {}

    /** The batch with empty lists for missing ones; fails unless it keeps the bounds. */
    static LogBatch check(LogBatch batch) {
        List<Metric> metrics = atMost(METRICS, "metrics", batch.metrics());
        List<Param> params = atMost(PARAMS, "params", batch.params());
        List<Param> tags = atMost(TAGS, "tags", batch.tags());
        metrics.forEach(metric -> checkKey("metric", metric.key()));
        params.forEach(param -> checkText("param", param));
        tags.forEach(tag -> checkText("tag", tag));
        return new LogBatch(metrics, params, tags);
    }

    private static <T> List<T> atMost(int limit, String what, @Nullable List<T> list) {
        if (list == null) {
            return List.of();
        }
        if (list.size() > limit) {
            throw SlipwayException.tooLarge(
                    "run.batch-too-large",
                    "One call logs at most " + limit + " " + what + ", not " + list.size() + ". Send them in parts.");
        }
        return list;
    }

    private static void checkText(String what, Param param) {
        checkKey(what, param.key());
        if (param.value() == null) {
            throw SlipwayException.invalid("run.value", "The " + what + " '" + param.key() + "' has no value.");
        }
        if (param.value().length() > Facet.MAX_TEXT) {
            throw SlipwayException.tooLarge(
                    "run.value",
                    "The value of " + what + " '" + param.key() + "' has "
                            + param.value().length() + " characters; " + Facet.MAX_TEXT + " are allowed.");
        }
    }

    static void checkKey(String what, @Nullable String key) {
        if (key == null || key.isEmpty() || key.length() > Facet.MAX_KEY) {
            throw SlipwayException.invalid(
                    "run.key",
                    "The key of a " + what + " has 1 to " + Facet.MAX_KEY + " characters, not "
                            + (key == null ? 0 : key.length()) + ".");
        }
    }
}
