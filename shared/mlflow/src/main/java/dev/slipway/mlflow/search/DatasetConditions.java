package dev.slipway.mlflow.search;

import dev.slipway.store.graph.FacetQuery.Condition;

/** Knows how to find the runs that used a dataset. */
public interface DatasetConditions {
    /**
     * The condition on runs.
     *
     * @param attribute {@code name}, {@code digest} or {@code context}
     * @param criterion holds for that of one of a run's datasets at least; a text, a pattern or a list
     */
    Condition of(String attribute, Criterion criterion);
}
