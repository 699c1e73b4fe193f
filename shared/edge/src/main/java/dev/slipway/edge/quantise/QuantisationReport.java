package dev.slipway.edge.quantise;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

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
     * @param operator the target's name for it
     * @param error what quantising it alone would add to its output: the ratio of noise to signal, at least 0
     * @param won by how much the least cosine of the model's outputs falls if this one is quantised too; empty where it was
     *     not tried
     */
    public record FloatLayer(String name, String operator, double error, OptionalDouble won) {}

    /** The warnings and what is to be said of each operation left float, a sentence each. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>(warnings);
        for (FloatLayer layer : keptFloat) {
            String won = layer.won().isPresent()
                    ? String.format(
                            Locale.ROOT,
                            ", and the cosine of the model's outputs lower by %.2g",
                            layer.won().getAsDouble())
                    : "";
            notes.add(String.format(
                    Locale.ROOT,
                    "%s '%s' stayed float: quantised, its noise would be %.2g of its signal%s",
                    layer.operator(),
                    layer.name(),
                    layer.error(),
                    won));
        }
        return List.copyOf(notes);
    }
}
