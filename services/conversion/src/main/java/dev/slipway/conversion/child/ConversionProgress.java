package dev.slipway.conversion.child;

import dev.slipway.edge.ConversionListener;
import dev.slipway.edge.ConversionStep;
import java.util.function.Consumer;

/** Tells of a conversion as one stretch of its job. */
record ConversionProgress(Consumer<ChildLine> say) implements ConversionListener {
    /** Where the stretch ends. */
    static final double END = 0.4;

    /** A part of the job's progress. */
    private record Part(double begin, double end) {}

    @Override
    public void at(ConversionStep step, int done, int total) {
        Part part = part(step);
        say.accept(new ChildLine.Progress(
                part.begin() + (part.end() - part.begin()) * done / total,
                "Converting: " + step.words() + (total > 1 ? ", " + done + " of " + total : "")));
    }

    private static Part part(ConversionStep step) {
        return switch (step) {
            case PROBE -> new Part(0.1, 0.13);
            case LOWER -> new Part(0.13, 0.15);
            case CALIBRATE -> new Part(0.15, 0.25);
            case MEASURE -> new Part(0.25, 0.28);
            case MIX -> new Part(0.28, 0.35);
            case VERIFY -> new Part(0.35, END);
        };
    }
}
