package dev.slipway.api.conversion;

/** How the numbers of a converted model are kept. */
public enum Precision {
    FP32
}
