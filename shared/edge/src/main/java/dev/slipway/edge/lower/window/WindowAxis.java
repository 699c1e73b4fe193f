package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.Length;

/**
 * How a kernel slides along one axis.
 *
 * @param input the length of the axis, -1 if open
 * @param output the number of windows, -1 if open
 */
public record WindowAxis(int kernel, int stride, int dilation, Border border, int input, int output) {

    /** What stands around the axis. */
    public sealed interface Border {
        /**
         * This many elements; with a fixed input the end is what the last window reaches, whatever the file states.
         * Negative amounts cut elements off.
         */
        record Stated(int begin, int end) implements Border {}

        /** As many that there are ⌈length / stride⌉ windows, the odd one behind (upper) or before; the length is open. */
        record Same(boolean upper) implements Border {}

        /** What the last of ⌈…⌉ windows reaches, which must begin before the end; the length is open. */
        record Ceiling(int begin, int end) implements Border {}
    }

    /** The padding at run time. */
    record Amounts(Length begin, Length end) {}

    /** An axis of length 1 that the kernel leaves as it is. */
    static WindowAxis unit() {
        return new WindowAxis(1, 1, 1, new Border.Stated(0, 0), 1, 1);
    }

    /** The length from the first to the last element under the kernel. */
    public int span() {
        return (kernel - 1) * dilation + 1;
    }

    /** Whether nothing is padded, at every length the axis can have. */
    public boolean isValid() {
        return border.equals(new Border.Stated(0, 0)) || (border instanceof Border.Same && span() == 1);
    }

    /** Whether TFLite's SAME padding is this padding, at every length the axis can have. */
    public boolean isSame() {
        // Where a window ends before the image does, the runtime's XNNPACK gives zeros for SAME (seen in 2.20).
        if (border instanceof Border.Same same) {
            return same.upper() && span() >= stride;
        } else if (!(border instanceof Border.Stated stated)) {
            return false;
        } else if (input == -1) {
            // At stride 1 the padding does not depend on the length; at others it does.
            return stride == 1 && stated.begin() == (span() - 1) / 2 && stated.end() == span() - 1 - stated.begin();
        } else {
            int total = (output - 1) * stride + span() - input;
            return total >= 0
                    && output == (input + stride - 1) / stride
                    && stated.begin() == total / 2
                    && stated.end() == total - stated.begin();
        }
    }

    /** The padding of an axis of this length. */
    Amounts amounts(Lengths lengths, Length length) {
        if (border instanceof Border.Stated stated) {
            return new Amounts(Length.fixed(stated.begin()), Length.fixed(stated.end()));
        } else if (border instanceof Border.Same same) {
            Length last = lengths.times(lengths.dividedBy(lengths.plus(length, -1), stride), stride);
            Length total = lengths.atLeast(lengths.minus(lengths.plus(last, span()), length), 0);
            Length less = lengths.dividedBy(total, 2);
            Length more = lengths.minus(total, less);
            return same.upper() ? new Amounts(less, more) : new Amounts(more, less);
        }
        Border.Ceiling ceiling = (Border.Ceiling) border;
        // The windows that begin at or before the last possible place, but not behind the last element.
        Length places = lengths.plus(length, ceiling.begin() + ceiling.end() - span() + stride - 1);
        Length within = lengths.plus(length, ceiling.begin() - 1);
        Length last = minimum(lengths, lengths.dividedBy(places, stride), lengths.dividedBy(within, stride));
        Length reached = lengths.plus(lengths.times(last, stride), span() - ceiling.begin());
        return new Amounts(Length.fixed(ceiling.begin()), lengths.atLeast(lengths.minus(reached, length), 0));
    }

    private static Length minimum(Lengths lengths, Length left, Length right) {
        // min(a, b) = a − max(a − b, 0)
        return lengths.minus(left, lengths.atLeast(lengths.minus(left, right), 0));
    }
}
