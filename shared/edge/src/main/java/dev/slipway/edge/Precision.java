package dev.slipway.edge;

/** What a converted model's numbers are. */
public enum Precision {
    FP32
}
