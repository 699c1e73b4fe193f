package dev.slipway.edge.lower.control;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Folding;
import dev.slipway.tflite.Activation;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/**
 * One step of a recurrent layer.
 *
 * <p>What the weights of the input give is computed for all steps at once, before; a step gets its part of it, the
 * gates side by side.
 */
interface Cell {

    /** Gates that the weights have, side by side. */
    int gates();

    /** What the bias of the input's product is, of the layer's two biases, each with all gates; constants fold. */
    EdgeValue projectionBias(Kernels kernels, EdgeValue inputBias, EdgeValue recurrentBias);

    /** The weights and biases that a step uses, of which those that are not constant a loop must be given. */
    List<EdgeValue> parameters();

    /**
     * The states after a step, the first of which is its output.
     *
     * @param projected batch × (gates · hidden)
     * @param states each batch × hidden
     * @param parameters those of {@link #parameters} as the graph at hand has them
     */
    List<EdgeValue> step(Kernels kernels, EdgeValue projected, List<EdgeValue> states, List<EdgeValue> parameters);

    /** Rows of {@code value} by the rows of {@code weights}, and the bias if it is not zero. */
    static EdgeValue product(Kernels kernels, EdgeValue value, EdgeValue weights, EdgeValue bias) {
        if (!weights.isConstant() || !bias.isConstant()) {
            return Folding.add(kernels, kernels.multiplyMatrices(value, weights, false, true), bias);
        }
        List<Integer> shape = new java.util.ArrayList<>(value.shape());
        shape.set(shape.size() - 1, weights.shape().get(0));
        return kernels.add(
                BuiltinOperator.FULLY_CONNECTED,
                new OperatorOptions.FullyConnected(true, Activation.NONE),
                List.of(value, weights, bias),
                value.type(),
                shape);
    }

    /** Gate {@code index} of gates that lie side by side, or several from there on. */
    static EdgeValue gate(Kernels kernels, EdgeValue gates, int hidden, int index, int count) {
        return kernels.slice(gates, gates.rank() - 1, index * hidden, count * hidden);
    }

    /** 1 - value. */
    static EdgeValue complement(Kernels kernels, EdgeValue value) {
        return kernels.subtract(EdgeValue.scalar(value.type(), 1), value);
    }
}
