package dev.slipway.edge.quantise;

import dev.slipway.edge.graph.EdgeGraph;

/** Says how close graphs come to the float graph, and whether that will do. */
final class Judge {
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
