package dev.slipway.edge;

import java.util.List;

/**
 * The comparison of a converted model with the ONNX model it was made of.
 *
 * @param runs how many inputs were compared
 * @param tolerance see {@link ConversionOptions#tolerance}
 */
public record ParityReport(Target target, int runs, double tolerance, List<OutputParity> outputs) {
    public ParityReport {
        outputs = List.copyOf(outputs);
    }

    public boolean passed() {
        return outputs.stream().allMatch(output -> output.within(tolerance));
    }

    /** The largest absolute error of any output. */
    public double maximumError() {
        return outputs.stream().mapToDouble(OutputParity::maximumError).max().orElse(0);
    }

    /** The lowest agreement of any output, 0 to 1. */
    public double argmaxAgreement() {
        return outputs.stream().mapToDouble(OutputParity::argmaxAgreement).min().orElse(1);
    }
}
