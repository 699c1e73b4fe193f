package dev.slipway.edge.lower.control;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Folding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Long short-term memory; the gates stand in ONNX's order: input, output, forget, cell.
 *
 * @param peepholes weights of the cell's state for the input, output and forget gate, 3 · hidden of them
 * @param coupled whether the forget gate is 1 - the input gate
 */
record LstmCell(
        int hidden, EdgeValue recurrent, Optional<EdgeValue> peepholes, Activations activations, boolean coupled)
        implements Cell {
    private static final int INPUT = 0;
    private static final int OUTPUT = 1;
    private static final int FORGET = 2;
    private static final int CELL = 3;

    @Override
    public int gates() {
        return 4;
    }

    @Override
    public EdgeValue projectionBias(Kernels kernels, EdgeValue inputBias, EdgeValue recurrentBias) {
        return Folding.add(kernels, inputBias, recurrentBias);
    }

    @Override
    public List<EdgeValue> parameters() {
        List<EdgeValue> parameters = new ArrayList<>(List.of(recurrent));
        peepholes.ifPresent(parameters::add);
        return parameters;
    }

    @Override
    public List<EdgeValue> step(
            Kernels kernels, EdgeValue projected, List<EdgeValue> states, List<EdgeValue> parameters) {
        EdgeValue memory = states.get(1);
        EdgeValue none = EdgeValue.floats("bias", List.of(4 * hidden), new float[4 * hidden]);
        EdgeValue gates = kernels.add(projected, Cell.product(kernels, states.get(0), parameters.get(0), none));
        EdgeValue candidate = activations.apply(kernels, 1, Cell.gate(kernels, gates, hidden, CELL, 1));
        List<EdgeValue> opened =
                peepholes.isPresent() ? peeped(kernels, gates, memory, parameters.get(1)) : together(kernels, gates);
        EdgeValue input = opened.get(INPUT);
        EdgeValue forget = coupled ? Cell.complement(kernels, input) : opened.get(FORGET);
        EdgeValue next = kernels.add(kernels.multiply(forget, memory), kernels.multiply(input, candidate));
        EdgeValue output =
                peepholes.isPresent() ? peeped(kernels, gates, next, parameters.get(1), OUTPUT) : opened.get(OUTPUT);
        // ONNX Runtime does not clip what goes into the last activation.
        EdgeValue shown = new Activations(activations.functions(), 0).apply(kernels, 2, next);
        return List.of(kernels.multiply(output, shown), next);
    }

    /** Input, output and forget gate, which one kernel opens. */
    private List<EdgeValue> together(Kernels kernels, EdgeValue gates) {
        EdgeValue three = activations.apply(kernels, 0, Cell.gate(kernels, gates, hidden, INPUT, CELL));
        return List.of(
                Cell.gate(kernels, three, hidden, INPUT, 1),
                Cell.gate(kernels, three, hidden, OUTPUT, 1),
                Cell.gate(kernels, three, hidden, FORGET, 1));
    }

    /** Input and forget gate; the output gate looks at the next state and has no value here. */
    private List<EdgeValue> peeped(Kernels kernels, EdgeValue gates, EdgeValue memory, EdgeValue weights) {
        return List.of(
                peeped(kernels, gates, memory, weights, INPUT),
                EdgeValue.absent(),
                peeped(kernels, gates, memory, weights, FORGET));
    }

    private EdgeValue peeped(Kernels kernels, EdgeValue gates, EdgeValue memory, EdgeValue weights, int gate) {
        EdgeValue seen = kernels.multiply(memory, Cell.gate(kernels, weights, hidden, gate, 1));
        return activations.apply(kernels, 0, kernels.add(Cell.gate(kernels, gates, hidden, gate, 1), seen));
    }
}
