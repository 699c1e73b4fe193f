package dev.slipway.edge.quantise;

/** What the float inputs and outputs of a fully quantised model become. */
public enum BorderType {
    /** They stay float32. */
    FLOAT,
    /** They become the model's integers, by the scales and zero points written in the file. */
    INTEGER
}
