package dev.slipway.edge.quantise;

import dev.slipway.edge.graph.EdgeGraph;
import java.util.function.ToDoubleFunction;

/**
 * How often a classifier may be wrong that was right before.
 *
 * @param drop the share of labelled samples, -1 to 1, that the graph classifies right less often than the model it was made of
 * @param most the largest drop allowed, 0 to 1
 */
public record AccuracyGoal(ToDoubleFunction<EdgeGraph> drop, double most) {
    /** Whether the graph drops by no more. */
    public boolean isMetBy(EdgeGraph graph) {
        return drop.applyAsDouble(graph) <= most;
    }
}
