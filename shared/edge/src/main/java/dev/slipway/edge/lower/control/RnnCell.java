package dev.slipway.edge.lower.control;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Folding;
import java.util.List;

/** A simple recurrent layer: an activation of input and state. */
record RnnCell(int hidden, EdgeValue recurrent, Activations activations) implements Cell {

    @Override
    public int gates() {
        return 1;
    }

    @Override
    public EdgeValue projectionBias(Kernels kernels, EdgeValue inputBias, EdgeValue recurrentBias) {
        return Folding.add(kernels, inputBias, recurrentBias);
    }

    @Override
    public List<EdgeValue> parameters() {
        return List.of(recurrent);
    }

    @Override
    public List<EdgeValue> step(
            Kernels kernels, EdgeValue projected, List<EdgeValue> states, List<EdgeValue> parameters) {
        EdgeValue none = EdgeValue.floats("bias", List.of(hidden), new float[hidden]);
        EdgeValue sum = kernels.add(projected, Cell.product(kernels, states.get(0), parameters.get(0), none));
        return List.of(activations.apply(kernels, 0, sum));
    }
}
