package dev.slipway.edge.quantise;

/** Which part of what was seen of a value its integers cover. */
public enum RangeMethod {
    /** All of it. */
    MINMAX,
    /** All but the outermost 0.01 %, half of them on each side. */
    PERCENTILE,
    /** The range at which the mean squared error of what was seen is least. */
    MSE
}
