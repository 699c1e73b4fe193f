package dev.slipway.store.common;

import dev.slipway.kernel.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes pages of lists that were asked for one item more than a page holds. */
public final class Pages {
    private Pages() {}

    /**
     * The page that the items found make.
     *
     * @param cursor of the page that begins after the item given
     */
    public static <F, T> Page<T> of(List<F> found, int limit, Function<F, T> item, Function<F, String> cursor) {
        boolean more = found.size() > limit;
        List<F> items = more ? found.subList(0, limit) : found;
        return new Page<>(
                items.stream().map(item).toList(),
                more ? Optional.of(cursor.apply(items.get(limit - 1))) : Optional.empty());
    }
}
