package dev.slipway.training;

import dev.slipway.kernel.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Long lists in parts that the stores take. */
public final class Parts {
    private Parts() {}

    /** What {@code step} makes of each part, together. */
    public static <T, R> List<R> each(List<T> items, Function<List<T>, List<R>> step) {
        List<R> made = new ArrayList<>(items.size());
        for (int from = 0; from < items.size(); from += Page.MAX_LIMIT) {
            made.addAll(step.apply(items.subList(from, Math.min(items.size(), from + Page.MAX_LIMIT))));
        }
        return made;
    }
}
