package dev.slipway.edge.data;

import dev.slipway.kernel.SlipwayException;
import java.util.List;

/**
 * How pictures become the numbers that a model takes: {@code (value − mean) / deviation} for each channel, the value
 * being 0 to 255 times {@code scale}.
 *
 * @param channelsLast whether channels are the last axis, not the second
 * @param blueFirst whether channels are blue, green, red
 * @param mean one number for each channel, or one for all
 * @param deviation one number for each channel, or one for all; none is 0
 */
public record ImageFormat(
        boolean channelsLast, boolean blueFirst, float scale, List<Float> mean, List<Float> deviation) {
    private static final float BYTE = 255;

    /** Fails with {@code edge.sample} if numbers are missing or not usable. */
    public ImageFormat {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        boolean usable = !mean.isEmpty()
                && !deviation.isEmpty()
                && Float.isFinite(scale)
                && mean.stream().allMatch(Float::isFinite)
                && deviation.stream().allMatch(value -> Float.isFinite(value) && value != 0);
        if (!usable) {
            throw SlipwayException.invalid(
                    "edge.sample",
                    "Images need a finite scale and mean, and deviations that are not 0; given were scale " + scale
                            + ", mean " + mean + " and deviation " + deviation + ".");
        }
    }

    /** Red, green, blue from 0 to 1, channels first. */
    public static ImageFormat unit() {
        return new ImageFormat(false, false, 1 / BYTE, List.of(0f), List.of(1f));
    }

    /** The number for a byte of a channel. */
    float normalised(int channel, int value) {
        return (value * scale - mean.get(Math.min(channel, mean.size() - 1)))
                / deviation.get(Math.min(channel, deviation.size() - 1));
    }
}
