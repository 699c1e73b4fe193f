package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/**
 * Pooling over one, two or three axes of space by kernels that pool planes. Images have channels last.
 */
final class Pools {

    /** Pools an image of rank 4 by a window over its two axes of space. */
    interface Plane {
        EdgeValue pool(EdgeValue image, Window window);
    }

    private final Kernels kernels;
    private final Lengths lengths;

    Pools(Kernels kernels) {
        this.kernels = kernels;
        this.lengths = new Lengths(kernels);
    }

    /** A line is a plane with an axis of length 1; space is pooled plane by plane, then along its first axis. */
    EdgeValue byPlanes(EdgeValue image, Window window, Plane plane) {
        return switch (window.axes().size()) {
            case 1 -> kernels.squeeze(plane.pool(kernels.unsqueeze(image, List.of(1)), window.withUnit()), List.of(1));
            case 2 -> plane.pool(image, window);
            default -> {
                EdgeValue planes = plane.pool(lengths.merged(image, 0, 2), window.only(1, 3));
                Length rows = Length.of(planes, 1);
                Length columns = Length.of(planes, 2);
                EdgeValue apart = lengths.split(planes, 0, List.of(Length.of(image, 0), Length.of(image, 1)));
                Window along = new Window(List.of(window.axes().get(0), WindowAxis.unit()));
                EdgeValue flat = lengths.merged(apart, 2, 4);
                EdgeValue pooled = plane.pool(flat, along);
                yield lengths.split(pooled, 2, List.of(rows, columns));
            }
        };
    }

    EdgeValue maximum(EdgeValue image, Window window) {
        double lowest = Window.lowest(image.type());
        if (window.isDilated()) {
            return folded(
                    BuiltinOperator.MAXIMUM,
                    window.padExplicitly(kernels, image, lowest).value(),
                    window);
        }
        return byPlanes(
                image,
                window,
                (plane, over) -> kernel(BuiltinOperator.MAX_POOL_2D, over.pad(kernels, plane, lowest), over, plane));
    }

    /** The sum under the window of what is in the image; nothing stands outside. */
    EdgeValue sum(EdgeValue image, Window window) {
        if (window.isDilated()) {
            return folded(
                    BuiltinOperator.ADD, window.padExplicitly(kernels, image, 0).value(), window);
        }
        return byPlanes(image, window, (plane, over) -> {
            EdgeValue mean =
                    kernel(BuiltinOperator.AVERAGE_POOL_2D, over.padExplicitly(kernels, plane, 0), over, plane);
            return kernels.multiply(
                    mean, over.axes().get(0).kernel() * over.axes().get(1).kernel());
        });
    }

    /** One of the pooling kernels on planes. */
    EdgeValue kernel(BuiltinOperator operator, Window.Padded padded, Window window, EdgeValue image) {
        WindowAxis rows = window.axes().get(0);
        WindowAxis columns = window.axes().get(1);
        List<Integer> shape =
                new java.util.ArrayList<>(window.output(image, image.shape().get(3)));
        for (int i = 0; i < 2; i++) {
            // An axis that the window leaves as it is may have any length.
            if (window.axes().get(i).equals(WindowAxis.unit())) {
                shape.set(i + 1, image.shape().get(i + 1));
            }
        }
        return kernels.add(
                operator,
                new OperatorOptions.Pooling(
                        padded.padding(),
                        rows.stride(),
                        columns.stride(),
                        rows.kernel(),
                        columns.kernel(),
                        Activation.NONE),
                List.of(padded.value()),
                image.type(),
                shape);
    }

    /** Combines, axis by axis, the shifted images that lie under the elements of the kernel; the image is padded. */
    EdgeValue folded(BuiltinOperator operator, EdgeValue padded, Window window) {
        EdgeValue result = padded;
        for (int i = 0; i < window.axes().size(); i++) {
            WindowAxis axis = window.axes().get(i);
            if (axis.kernel() == 1 && axis.stride() == 1) {
                continue;
            }
            Length count = lengths.plus(
                    lengths.dividedBy(lengths.plus(Length.of(result, i + 1), -axis.span()), axis.stride()), 1);
            EdgeValue whole = result;
            result = null;
            for (int k = 0; k < axis.kernel(); k++) {
                EdgeValue part = Slices.strided(kernels, whole, i + 1, k * axis.dilation(), count, axis.stride());
                result = result == null ? part : combined(operator, result, part);
            }
        }
        return result;
    }

    private EdgeValue combined(BuiltinOperator operator, EdgeValue left, EdgeValue right) {
        return operator == BuiltinOperator.ADD ? kernels.add(left, right) : kernels.maximum(left, right);
    }
}
