package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.Padding;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Averages under windows. TFLite's own padding never counts as elements. Padding that we apply before the kernel does
 * count, so the averages are then scaled by (elements in the window) / (elements that count).
 */
final class Averages {
    private final Kernels kernels;
    private final Lengths lengths;
    private final Pools pools;

    Averages(Kernels kernels) {
        this.kernels = kernels;
        this.lengths = new Lengths(kernels);
        this.pools = new Pools(kernels);
    }

    EdgeValue of(EdgeValue image, Window window, List<AverageAxis> axes) {
        if (window.isDilated()) {
            EdgeValue sum = pools.folded(
                    BuiltinOperator.ADD, window.padExplicitly(kernels, image, 0).value(), window);
            return scaled(sum, image, window, axes, 1, padded -> pools.folded(BuiltinOperator.ADD, padded, window));
        }
        if (axes.size() == 3) {
            // The planes first, then what is left of them along the first axis: the counts multiply.
            EdgeValue planes = plane(lengths.merged(image, 0, 2), window.only(1, 3), axes.subList(1, 3));
            EdgeValue apart = lengths.split(planes, 0, List.of(Length.of(image, 0), Length.of(image, 1)));
            Window along = new Window(List.of(window.axes().get(0), WindowAxis.unit()));
            EdgeValue pooled = plane(lengths.merged(apart, 2, 4), along, List.of(axes.get(0), unit()));
            return lengths.split(pooled, 2, List.of(Length.of(planes, 1), Length.of(planes, 2)));
        } else if (axes.size() == 1) {
            EdgeValue line = kernels.unsqueeze(image, List.of(1));
            return kernels.squeeze(plane(line, window.withUnit(), List.of(unit(), axes.get(0))), List.of(1));
        }
        return plane(image, window, axes);
    }

    private static AverageAxis unit() {
        return AverageAxis.ofElements(WindowAxis.unit());
    }

    private EdgeValue plane(EdgeValue image, Window window, List<AverageAxis> axes) {
        boolean elementsOnly = axes.stream().allMatch(AverageAxis::countsElements);
        Window.Padded padded = elementsOnly ? window.pad(kernels, image, 0) : window.padExplicitly(kernels, image, 0);
        EdgeValue averages = pools.kernel(BuiltinOperator.AVERAGE_POOL_2D, padded, window, image);
        if (padded.value() == image) {
            return averages;
        }
        int elements = window.axes().get(0).kernel() * window.axes().get(1).kernel();
        return scaled(
                averages,
                image,
                window,
                axes,
                elements,
                ones -> pools.kernel(
                        BuiltinOperator.AVERAGE_POOL_2D, new Window.Padded(ones, Padding.VALID), window, ones));
    }

    /** {@code whole} is how many elements each value stands for; {@code pool} does to a padded image what was done. */
    private EdgeValue scaled(
            EdgeValue values,
            EdgeValue image,
            Window window,
            List<AverageAxis> axes,
            int whole,
            UnaryOperator<EdgeValue> pool) {
        int kernel = window.axes().stream().map(WindowAxis::kernel).reduce(1, Math::multiplyExact);
        if (axes.stream().allMatch(AverageAxis::isWhole)) {
            return whole == kernel ? values : kernels.multiply(values, (double) whole / kernel);
        }
        boolean fixed = axes.stream()
                .allMatch(axis -> axis.window().input() != -1 && axis.window().output() != -1);
        if (!fixed) {
            return kernels.divide(values, pool.apply(counting(image, window, axes)));
        }
        return kernels.multiply(values, factors(axes, whole));
    }

    private static EdgeValue factors(List<AverageAxis> axes, int whole) {
        float[] factors = {whole};
        List<Integer> shape = new ArrayList<>(List.of(1));
        for (AverageAxis axis : axes) {
            int count = axis.window().output();
            float[] next = new float[factors.length * count];
            for (int i = 0; i < next.length; i++) {
                next[i] = factors[i / count] / axis.counted(i % count);
            }
            factors = next;
            shape.add(count);
        }
        shape.add(1);
        return EdgeValue.floats("counts", shape, factors);
    }

    /** Ones where something counts and zeros around, padded as the image is. */
    private EdgeValue counting(EdgeValue image, Window window, List<AverageAxis> axes) {
        List<Length> shape = new ArrayList<>(List.of(Length.fixed(1)));
        List<WindowAxis.Amounts> amounts = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            AverageAxis axis = axes.get(i);
            boolean left = axis.window().equals(WindowAxis.unit());
            Length length = left ? Length.fixed(1) : Length.of(image, i + 1);
            shape.add(lengths.plus(length, axis.begin() + axis.end()));
            WindowAxis.Amounts around = window.axes().get(i).amounts(lengths, length);
            amounts.add(new WindowAxis.Amounts(
                    lengths.plus(around.begin(), -axis.begin()),
                    lengths.atLeast(lengths.plus(around.end(), -axis.end()), 0)));
        }
        shape.add(Length.fixed(1));
        EdgeValue ones = kernels.add(
                BuiltinOperator.FILL,
                new OperatorOptions.None(),
                List.of(kernels.lengths(shape), EdgeValue.scalar(TensorType.FLOAT32, 1)),
                TensorType.FLOAT32,
                Kernels.known(shape));
        return Window.padded(kernels, ones, amounts, 0);
    }
}
