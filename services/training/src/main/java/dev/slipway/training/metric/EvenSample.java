package dev.slipway.training.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps items of a sequence of unknown length, evenly spread over it, the first and the last one always. So many are looked
 * at one by one and few are held.
 */
final class EvenSample<T> {
    private final int size;
    private List<T> kept = new ArrayList<>();
    private T last;
    private long count;
    private long stride = 1;

    /** @param size 1 or more; with 1 only the last item is kept */
    EvenSample(int size) {
        this.size = size;
    }

    void add(T item) {
        if (count % stride == 0) {
            kept.add(item);
            if (kept.size() > 2 * size) {
                thinOut();
            }
        }
        last = item;
        count++;
    }

    /** Every second one is enough from here on. */
    private void thinOut() {
        List<T> half = new ArrayList<>();
        for (int i = 0; i < kept.size(); i += 2) {
            half.add(kept.get(i));
        }
        kept = half;
        stride *= 2;
    }

    /** At most as many as the size, in their order; all items if these are not more. */
    List<T> items() {
        if (count <= size) {
            return List.copyOf(kept);
        }
        List<T> items = new ArrayList<>();
        for (int i = 0; i < size - 1; i++) {
            items.add(kept.get((int) ((long) i * kept.size() / (size - 1))));
        }
        items.add(last);
        return items;
    }
}
