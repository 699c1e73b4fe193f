package dev.slipway.store.embedded;

import dev.slipway.kernel.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes pages of lists that were asked for one item more than a page holds. */
final class Pages {
    private Pages() {}

    /** @param cursor of the page that begins after the item given */
    static <F, T> Page<T> of(List<F> found, int limit, Function<F, T> item, Function<F, String> cursor) {
        boolean more = found.size() > limit;
        List<F> items = more ? found.subList(0, limit) : found;
        return new Page<>(
                items.stream().map(item).toList(),
                more ? Optional.of(cursor.apply(items.get(limit - 1))) : Optional.empty());
    }
}
