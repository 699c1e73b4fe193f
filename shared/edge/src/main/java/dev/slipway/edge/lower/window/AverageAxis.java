package dev.slipway.edge.lower.window;

import dev.slipway.edge.lower.window.WindowAxis.Border;
import java.util.List;

/**
 * What an average counts along one axis: the elements, and with them the padding before and behind that is given here.
 */
record AverageAxis(WindowAxis window, int begin, int end) {

    /** Padding that makes windows whole, as ceil_mode does, never counts; what the file states does if asked. */
    static AverageAxis of(WindowAxis window, boolean countsPadding, List<Integer> stated) {
        if (!countsPadding) {
            return new AverageAxis(window, 0, 0);
        }
        boolean automatic = stated.equals(List.of(0, 0));
        return automatic && window.border() instanceof Border.Stated border
                ? new AverageAxis(window, border.begin(), 0)
                : new AverageAxis(window, stated.get(0), stated.get(1));
    }

    /** Whether every element under the window always counts. */
    boolean isWhole() {
        if (window.isValid()) {
            return true;
        } else if (window.input() == -1) {
            return window.border().equals(new Border.Stated(begin, end));
        }
        for (int index = 0; index < window.output(); index++) {
            if (counted(index) != window.kernel()) {
                return false;
            }
        }
        return true;
    }

    /** Whether only elements count, not padding. */
    boolean countsElements() {
        return begin == 0 && end == 0;
    }

    /** How much counts under window {@code index}; the axis must have a fixed length. */
    int counted(int index) {
        int count = 0;
        int first = index * window.stride() - ((Border.Stated) window.border()).begin();
        for (int k = 0; k < window.kernel(); k++) {
            int at = first + k * window.dilation();
            if (at >= -begin && at < window.input() + end) {
                count++;
            }
        }
        return count;
    }
}
