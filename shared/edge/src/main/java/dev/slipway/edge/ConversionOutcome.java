package dev.slipway.edge;

import dev.slipway.kernel.SlipwayException;
import java.util.Optional;

/** What came of one of several precisions that a model was converted to. */
public sealed interface ConversionOutcome {

    Precision precision();

    /** The verified result; empty if there is none. */
    default Optional<ConversionResult> result() {
        return Optional.empty();
    }

    /** The verified result; fails with the reason if there is none. */
    ConversionResult orElseThrow();

    /** A verified result. */
    record Converted(ConversionResult made) implements ConversionOutcome {
        @Override
        public Precision precision() {
            return made.precision();
        }

        @Override
        public Optional<ConversionResult> result() {
            return Optional.of(made);
        }

        @Override
        public ConversionResult orElseThrow() {
            return made;
        }
    }

    /**
     * No result, while those of other precisions may be good.
     *
     * @param reason why, such as {@code edge.parity}: it was not close enough
     * @param figures what was measured of the file that is not given out, with its tensors where they can be compared;
     *     empty if it did not come to that
     */
    record Refused(Precision precision, SlipwayException reason, Optional<ConversionFigures> figures)
            implements ConversionOutcome {
        @Override
        public ConversionResult orElseThrow() {
            throw reason;
        }
    }
}
