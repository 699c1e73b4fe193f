package dev.slipway.store.common;

import dev.slipway.store.metric.Point;
import java.util.ArrayList;
import java.util.List;

/** Keeps the smallest of the points offered, each once, in memory bounded by how many are wanted. */
public final class SmallestPoints {
    private static final int SLACK = 4096;

    private final int wanted;
    private List<Point> kept = new ArrayList<>();

    public SmallestPoints(int wanted) {
        this.wanted = wanted;
    }

    public void offer(Point point) {
        kept.add(point);
        if (kept.size() > 2 * wanted + SLACK) {
            tidy();
        }
    }

    /** In order, at most as many as wanted. */
    public List<Point> sorted() {
        tidy();
        return kept;
    }

    private void tidy() {
        kept = new ArrayList<>(kept.stream().sorted().distinct().limit(wanted).toList());
    }
}
