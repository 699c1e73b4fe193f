package dev.slipway.kernel;

/** Which way to walk the lineage graph. */
public enum Direction {
    /** Towards what something was made of: along the edges. */
    UPSTREAM,
    /** Towards what was made of it: against the edges. */
    DOWNSTREAM
}
