package dev.slipway.edge.lower.window;

import dev.slipway.edge.lower.window.WindowAxis.Border;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/**
 * What an average counts along one axis: the elements, and with them the padding before and behind that is given here.
 *
 * @param everything whether whatever lies under the window counts
 */
record AverageAxis(WindowAxis window, int begin, int end, boolean everything) {

    static AverageAxis ofElements(WindowAxis window) {
        return new AverageAxis(window, 0, 0, false);
    }

    /** Padding that makes windows whole, as ceil_mode does, never counts; what the file states or asks for does. */
    static AverageAxis withPadding(WindowAxis window, OnnxNode node, int index) {
        List<Integer> stated = Window.statedPads(node, index);
        return new AverageAxis(
                window, stated.get(0), stated.get(1), !Window.automatic(node).equals("NOTSET"));
    }

    /** Whether every element under the window always counts. */
    boolean isWhole() {
        if (everything || window.isValid()) {
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
        return begin == 0 && end == 0 && !everything;
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
