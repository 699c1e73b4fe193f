package dev.slipway.edge.lower.window;

/**
 * How a kernel slides along one axis.
 *
 * @param begin the padding before the first element
 * @param end the padding that the last window reaches behind the last element
 * @param input the length of the axis, -1 if open
 * @param output the number of windows, -1 if open
 */
record WindowAxis(int kernel, int stride, int dilation, int begin, int end, int input, int output) {

    /** The length from the first to the last element under the kernel. */
    int span() {
        return (kernel - 1) * dilation + 1;
    }

    boolean isValid() {
        return begin == 0 && end == 0;
    }

    /** Whether TFLite's SAME padding is this padding, at every length the axis can have. */
    boolean isSame() {
        if (input == -1) {
            // At stride 1 the padding does not depend on the length; at others it does.
            return stride == 1 && begin == (span() - 1) / 2 && end == span() - 1 - begin;
        }
        int total = (output - 1) * stride + span() - input;
        // Where the last window ends before the image does, the runtime's XNNPACK gives zeros for SAME (seen in 2.20).
        return total >= 0 && output == (input + stride - 1) / stride && begin == total / 2 && end == total - begin;
    }

    /** How many real elements lie under window {@code index}; the axis must have a fixed length. */
    int covered(int index) {
        int count = 0;
        for (int k = 0; k < kernel; k++) {
            int at = index * stride - begin + k * dilation;
            if (at >= 0 && at < input) {
                count++;
            }
        }
        return count;
    }
}
