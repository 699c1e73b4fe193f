package dev.slipway.edge.quantise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.tflite.Quantization;

/** What the integers of a graph's float values are to stand for. */
interface Scales {
    /** Whether the value has a scale. */
    boolean knows(EdgeValue value);

    /** The scale and zero point of a value that is known. */
    Quantization of(EdgeValue value);
}
