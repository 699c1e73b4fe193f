package dev.slipway.store.common;

import dev.slipway.store.metric.Point;
import java.util.ArrayList;
import java.util.List;

/** Keeps the smallest of the points offered, each once, in memory bounded by how many are wanted. */
public final class SmallestPoints {
    private static final int SLACK = 4096;

    private final int wanted;
    private List<Point> kept = new ArrayList<>();
    /** Enough points are known that lie no later than this step. */
    private long lastStep = Long.MAX_VALUE;

    public SmallestPoints(int wanted) {
        this.wanted = wanted;
    }

    /** Whether a point of this step may still be one of the smallest; a reader of ordered chunks ends where it is false. */
    public boolean wants(long step) {
        return step <= lastStep;
    }

    public void offer(Point point) {
        if (!wants(point.step())) {
            return;
        }
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
        if (kept.size() == wanted) {
            lastStep = kept.get(wanted - 1).step();
        }
    }
}
