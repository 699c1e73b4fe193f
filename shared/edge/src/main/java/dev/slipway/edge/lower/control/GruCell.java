package dev.slipway.edge.lower.control;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.lower.Folding;
import java.util.List;

/**
 * Gated recurrent unit; the gates stand in ONNX's order: update, reset, hidden.
 *
 * @param recurrent (3 · hidden) × hidden
 * @param recurrentBias 3 · hidden
 * @param resetAfter whether the reset gate acts behind the product with the state (linear_before_reset)
 */
record GruCell(int hidden, EdgeValue recurrent, EdgeValue recurrentBias, Activations activations, boolean resetAfter)
        implements Cell {

    @Override
    public int gates() {
        return 3;
    }

    @Override
    public EdgeValue projectionBias(Kernels kernels, EdgeValue inputBias, EdgeValue recurrentBias) {
        // With the reset behind the product the recurrent bias is part of what is reset.
        return resetAfter ? inputBias : Folding.add(kernels, inputBias, recurrentBias);
    }

    @Override
    public List<EdgeValue> parameters() {
        return List.of(recurrent, recurrentBias);
    }

    @Override
    public List<EdgeValue> step(
            Kernels kernels, EdgeValue projected, List<EdgeValue> states, List<EdgeValue> parameters) {
        EdgeValue state = states.get(0);
        EdgeValue weights = parameters.get(0);
        EdgeValue gates = Cell.gate(kernels, projected, hidden, 0, 2);
        EdgeValue hiddenPart = Cell.gate(kernels, projected, hidden, 2, 1);
        EdgeValue opened;
        EdgeValue candidate;
        if (resetAfter) {
            EdgeValue product = Cell.product(kernels, state, weights, parameters.get(1));
            opened = activations.apply(kernels, 0, kernels.add(gates, Cell.gate(kernels, product, hidden, 0, 2)));
            EdgeValue reset = kernels.multiply(
                    Cell.gate(kernels, opened, hidden, 1, 1), Cell.gate(kernels, product, hidden, 2, 1));
            candidate = kernels.add(hiddenPart, reset);
        } else {
            EdgeValue forGates = kernels.slice(weights, 0, 0, 2 * hidden);
            EdgeValue forHidden = kernels.slice(weights, 0, 2 * hidden, hidden);
            opened = activations.apply(kernels, 0, kernels.add(gates, Cell.product(kernels, state, forGates, none(2))));
            EdgeValue reset = kernels.multiply(Cell.gate(kernels, opened, hidden, 1, 1), state);
            candidate = kernels.add(hiddenPart, Cell.product(kernels, reset, forHidden, none(1)));
        }
        EdgeValue update = Cell.gate(kernels, opened, hidden, 0, 1);
        EdgeValue fresh = activations.apply(kernels, 1, candidate);
        // (1 - update) · fresh + update · state
        EdgeValue difference = kernels.subtract(state, fresh);
        return List.of(kernels.add(fresh, kernels.multiply(update, difference)));
    }

    private EdgeValue none(int gates) {
        List<Integer> shape = List.of(gates * hidden);
        return EdgeValue.floats("bias", shape, new float[Shapes.size(shape)]);
    }
}
