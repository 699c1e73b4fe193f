package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.Length;

/**
 * How a transposed convolution expands one axis: element {@code i} of the input adds to the elements of the output from
 * {@code i · stride − begin} on, {@code dilation} apart, that there are.
 *
 * @param surplus how much longer the output is than {@code stride · input}; may be negative
 * @param input the length of the axis, -1 if open
 */
record ExpandedAxis(int kernel, int stride, int dilation, int begin, int surplus, int input) {

    static ExpandedAxis unit() {
        return new ExpandedAxis(1, 1, 1, 0, 0, 1);
    }

    int span() {
        return (kernel - 1) * dilation + 1;
    }

    /** The length of the output, -1 if open. */
    int output() {
        return input == -1 ? -1 : input * stride + surplus;
    }

    Length output(Lengths lengths, Length length) {
        return lengths.plus(lengths.times(length, stride), surplus);
    }

    /** The output behind the place where the last element begins to add. */
    private int tail() {
        return surplus + stride;
    }

    /** Whether this is what TFLite does for SAME. */
    boolean isSame() {
        return tail() >= 1 && tail() <= stride && begin == Math.max(span() - tail(), 0) / 2;
    }

    /** The same without padding, as TFLite does it for VALID, long enough to cut this axis out of it. */
    ExpandedAxis uncut() {
        return new ExpandedAxis(kernel, stride, dilation, 0, Math.max(span(), begin + tail()) - stride, input);
    }

    /** Whether the output goes so far beyond the last element that TFLite would not accept it. */
    boolean isTooLong() {
        return begin + tail() - span() >= stride;
    }

    /** The convolution that does the same to a value with stride − 1 zeros behind each of its elements. */
    WindowAxis convolution() {
        int before = span() - 1 - begin;
        int behind = surplus + span() - 1 - before;
        int length = input == -1 ? -1 : input * stride;
        return new WindowAxis(kernel, 1, dilation, new WindowAxis.Border.Stated(before, behind), length, output());
    }
}
