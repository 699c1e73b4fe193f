package dev.slipway.edge;

import dev.slipway.kernel.SlipwayException;

/** Why a converted file is not given out, {@code edge.parity}. */
final class OutOfTolerance {
    private OutOfTolerance() {}

    static SlipwayException of(ConversionResult result) {
        return SlipwayException.invalid("edge.parity", refusal(result.parity(), result.precision()));
    }

    private static String refusal(ParityReport report, Precision precision) {
        return report.minimumCosine().isPresent()
                ? "The " + precision + " model is not close enough to the float one: " + worst(report)
                        + ", but at least " + report.minimumCosine().getAsDouble()
                        + " is wanted. Nothing was published; calibrate with typical inputs, keep layers in float or"
                        + " ask for less."
                : "The converted model is not within the tolerance of " + report.tolerance() + ": " + worst(report)
                        + ". Nothing was published; raise the tolerance only if you know that the model is that"
                        + " sensitive to rounding.";
    }

    private static String worst(ParityReport report) {
        boolean byCosine = report.minimumCosine().isPresent();
        return report.outputs().stream()
                .filter(output -> !report.passed(output))
                .map(output -> "output '" + output.name() + "' "
                        + (byCosine
                                ? "has the cosine " + output.cosine()
                                : "differs by up to " + output.maximumError() + " at magnitudes up to "
                                        + output.largestMagnitude()))
                .reduce((a, b) -> a + "; " + b)
                .orElse("");
    }
}
