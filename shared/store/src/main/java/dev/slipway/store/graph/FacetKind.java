package dev.slipway.store.graph;

/** What sort of attribute a facet is. */
public enum FacetKind {
    PARAM,
    TAG,
    /** The latest value of a metric. */
    METRIC,
    /** An attribute of the entity itself, such as its status or its start time. */
    ATTRIBUTE,
    /** A data set that the entity used. */
    DATASET
}
