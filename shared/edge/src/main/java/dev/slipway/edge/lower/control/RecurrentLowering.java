package dev.slipway.edge.lower.control;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * LSTM, GRU and RNN. TFLite's own sequence kernels keep their states from one run to the next, which ONNX's layers do
 * not, so these run step by step.
 */
final class RecurrentLowering implements Lowering {
    private static final int PEEPHOLES = 7;

    /** Which of the layers it is. */
    enum Kind {
        LSTM,
        GRU,
        RNN;

        List<String> activations() {
            return switch (this) {
                case LSTM -> List.of("Sigmoid", "Tanh", "Tanh");
                case GRU -> List.of("Sigmoid", "Tanh");
                case RNN -> List.of("Tanh");
            };
        }

        int states() {
            return this == LSTM ? 2 : 1;
        }
    }

    private final Kind kind;

    RecurrentLowering(Kind kind) {
        this.kind = kind;
    }

    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        RecurrentNode layer = new RecurrentNode(node, context);
        Kernels kernels = context.kernels(node);
        Optional<EdgeValue> lengths = layer.lengths();
        List<Activations> activations = Activations.of(node, context, layer.directions(), kind.activations());
        List<Sequence.Result> results = new ArrayList<>();
        for (int direction = 0; direction < layer.directions(); direction++) {
            Cell cell = cell(node, layer, direction, activations.get(direction));
            EdgeValue bias = cell.projectionBias(
                    kernels, layer.bias(direction, 0, cell.gates()), layer.bias(direction, 1, cell.gates()));
            EdgeValue projected = Cell.product(kernels, layer.input(), layer.part(1, direction), bias);
            Sequence sequence =
                    new Sequence(cell, projected, lengths, layer.isReverse(direction), context.wantsOutput(node, 0));
            results.add(sequence.run(kernels, layer.initial(direction, kind.states())));
        }
        define(node, context, layer, results);
    }

    private Cell cell(OnnxNode node, RecurrentNode layer, int direction, Activations activations) {
        EdgeValue recurrent = layer.part(2, direction);
        return switch (kind) {
            case LSTM ->
                new LstmCell(
                        layer.hidden(),
                        recurrent,
                        node.input(PEEPHOLES).map(name -> layer.part(PEEPHOLES, direction)),
                        activations,
                        node.integer("input_forget").orElse(0L) != 0);
            case GRU ->
                new GruCell(
                        layer.hidden(),
                        recurrent,
                        layer.bias(direction, 1, 3),
                        activations,
                        node.integer("linear_before_reset").orElse(0L) != 0);
            case RNN -> new RnnCell(layer.hidden(), recurrent, activations);
        };
    }

    private void define(OnnxNode node, LoweringContext context, RecurrentNode layer, List<Sequence.Result> results) {
        Kernels kernels = context.kernels(node);
        if (context.wantsOutput(node, 0)) {
            // Steps × directions × batch × hidden, or batch × steps × directions × hidden.
            EdgeValue outputs = kernels.concatenate(
                    results.stream()
                            .map(result -> kernels.unsqueeze(result.outputs(), List.of(1)))
                            .toList(),
                    1);
            context.define(
                    node, layer.isBatchFirst() ? kernels.transpose(outputs, Permutation.of(2, 0, 1, 3)) : outputs);
        }
        for (int state = 0; state < kind.states(); state++) {
            if (context.wantsOutput(node, 1 + state)) {
                int index = state;
                EdgeValue last = kernels.concatenate(
                        results.stream()
                                .map(result -> kernels.unsqueeze(result.states().get(index), List.of(0)))
                                .toList(),
                        0);
                context.define(node, 1 + state, layer.isBatchFirst() ? Sequence.swapped(kernels, last) : last);
            }
        }
    }
}
