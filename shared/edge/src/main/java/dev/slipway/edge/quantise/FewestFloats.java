package dev.slipway.edge.quantise;

import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/**
 * Looks for the fewest of the worst operations that must stay float for a model to be close enough.
 *
 * @param most how many operations there are to leave float
 * @param trials how many mixtures may be tried
 * @param target the cosine that is close enough
 * @param leaving makes the mixture with so many of the worst operations float
 * @param cosine of a mixture's outputs with those of the float model
 */
record FewestFloats<A>(int most, int trials, double target, IntFunction<A> leaving, ToDoubleFunction<A> cosine) {

    /** The best mixture found: twice as many float each time until it holds, then fewer again. */
    A search(A first) {
        A best = first;
        int left = trials;
        int failing = 0;
        int count = 1;
        for (; left > 0 && cosine.applyAsDouble(best) < target && failing < most; left--) {
            count = Math.min(Math.max(1, failing * 2), most);
            A next = leaving.apply(count);
            best = cosine.applyAsDouble(next) > cosine.applyAsDouble(best) ? next : best;
            failing = cosine.applyAsDouble(next) < target ? count : failing;
        }
        int holding = count;
        for (; left > 0 && cosine.applyAsDouble(best) >= target && holding - failing > 1; left--) {
            int middle = (holding + failing) / 2;
            A next = leaving.apply(middle);
            if (cosine.applyAsDouble(next) >= target) {
                best = next;
                holding = middle;
            } else {
                failing = middle;
            }
        }
        return best;
    }
}
