package dev.slipway.standalone.mlflow;

import java.util.Set;

/**
 * What an import is to do.
 *
 * @param sourceName by which the target remembers where things came from
 * @param experiments only these, by name; empty for all
 * @param artifacts whether files are copied
 * @param threads how many runs are copied at a time
 */
public record ImportPlan(String sourceName, Set<String> experiments, boolean artifacts, int threads) {
    boolean wants(SourceExperiment experiment) {
        return experiments.isEmpty() || experiments.contains(experiment.name());
    }
}
