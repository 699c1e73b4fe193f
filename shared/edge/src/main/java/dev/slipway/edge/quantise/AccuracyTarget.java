package dev.slipway.edge.quantise;

import dev.slipway.edge.data.SampleSource;
import dev.slipway.kernel.SlipwayException;
import java.util.List;

/**
 * How well a classifier must still classify labelled data once it is quantised.
 *
 * @param samples inputs
 * @param labels the right class of each row of the samples, in their order
 * @param maximumDrop by how much the share of rows classified right may fall, 0 to 1
 */
public record AccuracyTarget(SampleSource samples, List<Long> labels, double maximumDrop) {
    public AccuracyTarget {
        labels = List.copyOf(labels);
        if (!(maximumDrop >= 0 && maximumDrop <= 1)) {
            throw SlipwayException.invalid(
                    "edge.options", "The accuracy may drop by 0 to 1; given was " + maximumDrop + ".");
        }
    }
}
