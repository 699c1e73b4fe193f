package dev.slipway.mlflow;

import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;

/** The {@code max_results} of requests. */
public final class MaxResults {
    private MaxResults() {}

    /**
     * How many are wanted.
     *
     * @param asked null where the request says nothing, which gives {@code usual}
     * @throws SlipwayException {@code search.limit} unless it is 1 to {@code most}
     */
    public static int of(@Nullable Integer asked, int usual, int most) {
        if (asked == null) {
            return usual;
        }
        if (asked < 1 || asked > most) {
            throw SlipwayException.invalid("search.limit", "max_results is 1 to " + most + ", not " + asked + ".");
        }
        return asked;
    }
}
