package dev.slipway.edge.quantise;

import java.util.List;

/**
 * What was quantised and at what price.
 *
 * @param samples how many calibration samples were used; 0 where none are needed
 * @param quantised how many operations compute with integers
 * @param keptFloat the operations that could compute with integers but were left float for the sake of accuracy, those
 *     that mattered most first
 * @param cosine the least cosine of any output with the float model's on the calibration samples; 1 where none are needed
 * @param warnings what the user should know
 */
public record QuantisationReport(
        int samples, int quantised, List<FloatLayer> keptFloat, double cosine, List<String> warnings) {

    public QuantisationReport {
        keptFloat = List.copyOf(keptFloat);
        warnings = List.copyOf(warnings);
    }

    /**
     * An operation left float.
     *
     * @param name of the operation's output, as in the ONNX model where that has it
     * @param operator TFLite's name for it
     * @param error what quantising it alone would add to its output: the ratio of noise to signal, at least 0
     */
    public record FloatLayer(String name, String operator, double error) {}
}
