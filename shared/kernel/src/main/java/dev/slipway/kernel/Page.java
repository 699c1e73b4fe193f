package dev.slipway.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a longer list.
 *
 * @param items in the order of the query
 * @param next the cursor of the next page; empty after the last one
 */
public record Page<T>(List<T> items, Optional<String> next) {
    /** More than this is never given in one page. */
    public static final int MAX_LIMIT = 1000;

    public Page {
        items = List.copyOf(items);
    }

    public static <T> Page<T> last(List<T> items) {
        return new Page<>(items, Optional.empty());
    }

    public <R> Page<R> map(Function<? super T, ? extends R> function) {
        return new Page<>(items.stream().<R>map(function).toList(), next);
    }

    /** {@code limit} if it is between 1 and {@link #MAX_LIMIT}, otherwise an error. */
    public static int checkLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw SlipwayException.invalid(
                    "page.limit", "A page holds 1 to " + MAX_LIMIT + " items; " + limit + " were asked for.");
        }
        return limit;
    }
}
