package dev.slipway.training.plot;

import dev.slipway.store.metric.Point;
import java.util.function.Consumer;

/** The points of a series, or of a part of it, which can be gone through several times. */
@FunctionalInterface
interface PointSource {
    void forEach(Consumer<Point> action);
}
