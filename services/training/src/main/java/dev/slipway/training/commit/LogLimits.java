package dev.slipway.training.commit;

import dev.slipway.api.training.LogBatch;
import dev.slipway.api.training.Metric;
import dev.slipway.api.training.Param;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.store.graph.Facet;
import io.micronaut.core.annotation.Nullable;
import java.util.List;

/** The bounds of what one call may log: those of MLflow. */
public final class LogLimits {
    static final int METRICS = 1000;
    static final int PARAMS = 100;
    static final int TAGS = 100;
    static final int ALL = 1000;
    /** Characters of a param's value. */
    public static final int PARAM_VALUE = 6000;
    /** Characters of a tag's value. */
    public static final int TAG_VALUE = 8000;

    private LogLimits() {}

    /** The batch with empty lists for missing ones; fails unless it keeps the bounds. */
    static LogBatch check(LogBatch batch) {
        List<Metric> metrics = atMost(METRICS, "metrics", batch.metrics());
        List<Param> params = atMost(PARAMS, "params", batch.params());
        List<Param> tags = atMost(TAGS, "tags", batch.tags());
        int all = metrics.size() + params.size() + tags.size();
        if (all > ALL) {
            throw tooLarge(ALL, "metrics, params and tags", all);
        }
        metrics.forEach(LogLimits::checkMetric);
        params.forEach(param -> checkText("param", param, PARAM_VALUE));
        tags.forEach(tag -> checkText("tag", tag, TAG_VALUE));
        return new LogBatch(metrics, params, tags);
    }

    private static <T> List<T> atMost(int limit, String what, @Nullable List<T> list) {
        if (list == null) {
            return List.of();
        }
        if (list.size() > limit) {
            throw tooLarge(limit, what, list.size());
        }
        return list;
    }

    private static SlipwayException tooLarge(int limit, String what, int size) {
        return SlipwayException.tooLarge(
                "run.batch-too-large",
                "One call logs at most " + limit + " " + what + ", not " + size + ". Send them in parts.");
    }

    /** Fails with {@code run.key} or {@code run.value} unless the metric has a valid key and time. */
    public static void checkMetric(Metric metric) {
        checkKey("metric", metric.key());
        if (metric.timestamp() < 0) {
            throw SlipwayException.invalid(
                    "run.value",
                    "The timestamp of metric '" + metric.key() + "' is UTC milliseconds and not negative, as "
                            + metric.timestamp() + " is.");
        }
    }

    /** Fails with {@code run.key} or {@code run.value} unless the text has a valid key and at most so many characters. */
    public static void checkText(String what, Param param, int limit) {
        checkKey(what, param.key());
        if (param.value() == null) {
            throw SlipwayException.invalid("run.value", "The " + what + " '" + param.key() + "' has no value.");
        }
        int length = length(param.value());
        if (length > limit) {
            throw SlipwayException.tooLarge(
                    "run.value",
                    "The value of " + what + " '" + param.key() + "' has " + length + " characters; " + limit
                            + " are allowed.");
        }
    }

    private static int length(String value) {
        return value.codePointCount(0, value.length());
    }

    /**
     * Fails with {@code run.key} unless the key has 1 to 250 letters, digits and {@code _ - . : /} or spaces, and would as
     * the path of a file be its own shortest form, below where it starts.
     */
    public static void checkKey(String what, @Nullable String key) {
        if (key == null || key.isEmpty() || key.length() > Facet.MAX_KEY) {
            throw SlipwayException.invalid(
                    "run.key",
                    "The key of a " + what + " has 1 to " + Facet.MAX_KEY + " characters, not "
                            + (key == null ? 0 : key.length()) + ".");
        }
        if (!key.codePoints().allMatch(LogLimits::mayStandInKey)) {
            throw SlipwayException.invalid(
                    "run.key",
                    "The key of a " + what + " consists of letters, digits, spaces and _ - . : /; '" + key
                            + "' does not.");
        }
        if (key.indexOf('/') >= 0 || key.charAt(0) == '.') {
            checkPath(what, key);
        }
    }

    private static boolean mayStandInKey(int c) {
        return Character.isLetterOrDigit(c) || "_-. :/".indexOf(c) >= 0;
    }

    private static void checkPath(String what, String key) {
        String path = "/" + key + "/";
        if (path.contains("//") || path.contains("/./") || path.contains("/../") || key.startsWith("..")) {
            throw SlipwayException.invalid(
                    "run.key",
                    "The key of a " + what + " may be a path, but without empty and dot segments; '" + key
                            + "' has some.");
        }
    }
}
