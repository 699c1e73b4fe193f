package dev.slipway.edge.quantise;

import dev.slipway.edge.graph.EdgeGraph;

/** Says how close graphs come to the float graph, and whether that will do. */
final class Judge {
    /**
     * @param cosine the least of any output
     * @param met whether the goal is reached
     */
    record Verdict(double cosine, boolean met) {
        boolean isBetterThan(Verdict other) {
            return met == other.met ? cosine > other.cosine : met;
        }
    }

    private final OutputCosines cosines;
    private final QualityGoal goal;

    Judge(EdgeGraph floats, CalibrationData samples, QualityGoal goal) {
        this.cosines = new OutputCosines(floats, samples, goal.tolerance());
        this.goal = goal;
    }

    Verdict of(EdgeGraph graph) {
        double cosine = cosines.least(graph);
        // The accuracy takes more runs, so it is not asked for in vain.
        return new Verdict(
                cosine,
                cosine >= goal.target()
                        && goal.accuracy()
                                .map(accuracy -> accuracy.isMetBy(graph))
                                .orElse(true));
    }
}
