package dev.slipway.edge.quantise;

import java.util.OptionalInt;

/**
 * Numbers that may be integers times one scale, as the weights of a model are that was quantised before: the scale is
 * found again in the numbers themselves, whatever became of the tensor they came from.
 */
final class Lattice {
    /** How far from an integer a number may be, in steps: what rounding to float makes of 255 steps, and to spare. */
    private static final double SLACK = 1e-3;

    private final float[] numbers;
    private final int channel;
    private final int channels;
    private final int inner;

    /**
     * One of the channels.
     *
     * @param numbers of all channels
     * @param inner how many numbers of one channel stand side by side
     */
    Lattice(float[] numbers, int channel, int channels, int inner) {
        this.numbers = numbers;
        this.channel = channel;
        this.channels = channels;
        this.inner = inner;
    }

    /**
     * The most steps, up to a limit, that the channel's largest magnitude can be if every number is a whole number of
     * them; empty if there is none, 1 for zeros.
     */
    OptionalInt steps(int most) {
        double largest = largest();
        if (largest == 0) {
            return OptionalInt.of(1);
        }
        for (int steps = most; steps > 0; steps--) {
            if (fits(steps / largest)) {
                return OptionalInt.of(steps);
            }
        }
        return OptionalInt.empty();
    }

    private double largest() {
        double largest = 0;
        for (int begin = channel * inner; begin < numbers.length; begin += channels * inner) {
            for (int i = begin; i < begin + inner; i++) {
                largest = Math.max(largest, Math.abs(numbers[i]));
            }
        }
        return largest;
    }

    private boolean fits(double perStep) {
        for (int begin = channel * inner; begin < numbers.length; begin += channels * inner) {
            for (int i = begin; i < begin + inner; i++) {
                double place = numbers[i] * perStep;
                if (Math.abs(place - Math.rint(place)) > SLACK) {
                    return false;
                }
            }
        }
        return true;
    }
}
