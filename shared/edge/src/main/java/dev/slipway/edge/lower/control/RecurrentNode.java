package dev.slipway.edge.lower.control;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The inputs and attributes that LSTM, GRU and RNN have in common, with steps before batches. */
final class RecurrentNode {
    private static final int LENGTHS = 4;
    private static final int INITIAL_STATE = 5;

    private final OnnxNode node;
    private final LoweringContext context;
    private final Kernels kernels;
    private final EdgeValue input;

    RecurrentNode(OnnxNode node, LoweringContext context) {
        this.node = node;
        this.context = context;
        this.kernels = context.kernels(node);
        EdgeValue given = context.input(node, 0);
        this.input = isBatchFirst() ? Sequence.swapped(kernels, given) : given;
    }

    boolean isBatchFirst() {
        return node.integer("layout").orElse(0L) != 0;
    }

    int directions() {
        return direction().equals("bidirectional") ? 2 : 1;
    }

    boolean isReverse(int direction) {
        return direction == 1 || direction().equals("reverse");
    }

    /** Steps × batch × features. */
    EdgeValue input() {
        return input;
    }

    int hidden() {
        return context.facts(node, 2).shape().get(2);
    }

    /** The part of an input that belongs to a direction, which is its first axis. */
    EdgeValue part(int index, int direction) {
        return part(context.input(node, index), direction);
    }

    private EdgeValue part(EdgeValue value, int direction) {
        return kernels.squeeze(kernels.slice(value, 0, direction, 1), List.of(0));
    }

    /** The first (0) or second (1) bias of so many gates, which are zeros if none was given. */
    EdgeValue bias(int direction, int which, int gates) {
        int size = gates * hidden();
        return node.input(3).isPresent()
                ? kernels.slice(part(3, direction), 0, which * size, size)
                : EdgeValue.floats("bias", List.of(size), new float[size]);
    }

    /** The lengths of the sequences, INT32, unless all are known to be whole. */
    Optional<EdgeValue> lengths() {
        if (node.input(LENGTHS).isEmpty()) {
            return Optional.empty();
        }
        int steps = input.shape().get(0);
        Optional<OnnxTensor> known = context.known(node, LENGTHS);
        if (known.isPresent() && Arrays.stream(known.get().longs()).allMatch(length -> length == steps)) {
            return Optional.empty();
        }
        // Beyond the input's end the runtime would read what is not there.
        EdgeValue most = kernels.length(Length.of(input, 0));
        return Optional.of(kernels.minimum(kernels.cast(context.input(node, LENGTHS), TensorType.INT32), most));
    }

    /** So many initial states, each batch × hidden, zeros where they were not given. */
    List<EdgeValue> initial(int direction, int count) {
        List<EdgeValue> states = new ArrayList<>();
        for (int state = 0; state < count; state++) {
            states.add(
                    node.input(INITIAL_STATE + state).isPresent()
                            ? given(INITIAL_STATE + state, direction)
                            : Sequence.zeros(kernels, List.of(Length.of(input, 1), Length.fixed(hidden()))));
        }
        return states;
    }

    private EdgeValue given(int index, int direction) {
        EdgeValue value = context.input(node, index);
        return part(isBatchFirst() ? Sequence.swapped(kernels, value) : value, direction);
    }

    private String direction() {
        return node.text("direction").orElse("forward");
    }
}
