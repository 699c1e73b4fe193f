package dev.slipway.edge.report;

import dev.slipway.edge.OutputParity;
import java.util.List;

/** The columns of a comparison. */
final class ParityRow {
    static final List<String> HEADINGS =
            List.of("maximum error", "relative", "mean error", "SNR dB", "cosine", "argmax", "largest");

    private ParityRow() {}

    static List<String> of(OutputParity parity) {
        return List.of(
                Figures.error(parity.maximumError()),
                Figures.error(parity.relativeError()),
                Figures.error(parity.meanError()),
                Figures.decibels(parity.signalToNoise()),
                Figures.cosine(parity.cosine()),
                Figures.share(parity.argmaxAgreement()),
                Figures.error(parity.largestMagnitude()));
    }
}
