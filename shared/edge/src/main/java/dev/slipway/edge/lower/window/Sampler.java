package dev.slipway.edge.lower.window;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes weighted means of elements around places that are computed when the model runs. */
final class Sampler {

    /**
     * Elements along one axis, one for each place.
     *
     * @param index whole numbers as FLOAT32, none outside
     * @param weight empty if it is 1
     */
    record Tap(EdgeValue index, Optional<EdgeValue> weight) {}

    private final Kernels kernels;

    Sampler(Kernels kernels) {
        this.kernels = kernels;
    }

    /**
     * The sum over all combinations of taps.
     *
     * @param images (batch, elements, channels), the elements in row-major order
     * @param axes for every axis of the images its taps, of shape (batch, places)
     * @param lengths of the axes
     * @return (batch, places, channels)
     */
    EdgeValue sum(EdgeValue images, List<List<Tap>> axes, List<Length> lengths) {
        EdgeValue sum = null;
        for (Tap tap : combined(axes, lengths)) {
            EdgeValue part = weighted(images, tap);
            sum = sum == null ? part : kernels.add(sum, part);
        }
        return sum;
    }

    /** One tap for every combination, whose index counts all elements. */
    private List<Tap> combined(List<List<Tap>> axes, List<Length> lengths) {
        List<Tap> combined = axes.get(0);
        for (int axis = 1; axis < axes.size(); axis++) {
            List<Tap> next = new ArrayList<>();
            for (Tap outer : combined) {
                EdgeValue row = kernels.multiply(asInteger(outer.index()), kernels.length(lengths.get(axis)));
                for (Tap inner : axes.get(axis)) {
                    next.add(new Tap(kernels.add(row, asInteger(inner.index())), product(outer, inner)));
                }
            }
            combined = next;
        }
        return combined;
    }

    private EdgeValue asInteger(EdgeValue index) {
        return kernels.cast(index, TensorType.INT32);
    }

    private Optional<EdgeValue> product(Tap outer, Tap inner) {
        if (outer.weight().isEmpty() || inner.weight().isEmpty()) {
            return outer.weight().or(inner::weight);
        }
        return Optional.of(kernels.multiply(outer.weight().get(), inner.weight().get()));
    }

    private EdgeValue weighted(EdgeValue images, Tap tap) {
        EdgeValue index = asInteger(tap.index());
        EdgeValue taken = kernels.add(
                BuiltinOperator.GATHER,
                new OperatorOptions.Gather(1, 1),
                List.of(images, index),
                images.type(),
                List.of(
                        images.shape().get(0),
                        index.shape().get(1),
                        images.shape().get(2)));
        return tap.weight()
                .map(weight -> kernels.multiply(taken, kernels.unsqueeze(weight, List.of(2))))
                .orElse(taken);
    }
}
