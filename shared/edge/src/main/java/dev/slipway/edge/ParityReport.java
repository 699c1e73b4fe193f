package dev.slipway.edge;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The comparison of a converted model with the ONNX model it was made of.
 *
 * @param runs how many inputs were compared
 * @param tolerance see {@link ConversionOptions#tolerance}
 * @param minimumCosine what the cosine of an output out of tolerance must reach, for precisions below float32
 */
public record ParityReport(
        Target target, int runs, double tolerance, OptionalDouble minimumCosine, List<OutputParity> outputs) {
    public ParityReport {
        outputs = List.copyOf(outputs);
    }

    /** A comparison of results that should be equal but for rounding. */
    public ParityReport(Target target, int runs, double tolerance, List<OutputParity> outputs) {
        this(target, runs, tolerance, OptionalDouble.empty(), outputs);
    }

    public boolean passed() {
        return outputs.stream().allMatch(this::passed);
    }

    /** Whether this output alone is close enough. */
    public boolean passed(OutputParity output) {
        return output.within(tolerance)
                || (minimumCosine.isPresent() && output.cosine() >= minimumCosine.getAsDouble());
    }

    /** The lowest cosine of any output, -1 to 1. */
    public double cosine() {
        return outputs.stream().mapToDouble(OutputParity::cosine).min().orElse(1);
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
