package dev.slipway.edge.lower.control;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.Operand;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxNode;
import java.util.List;

/**
 * What Loop and Scan have in common: a body that makes new states of the last ones, and a part of each collected output.
 *
 * @param states at the beginning
 * @param collected how many of the body's last outputs are collected
 */
record Iteration(OnnxNode node, OnnxGraph body, Inputs inputs, List<Operand> states, int collected) {

    /** What the body is given besides its states. */
    interface Inputs {

        /** The values around the loop that the inputs are made of. */
        List<Operand> around();

        /**
         * All inputs of the body.
         *
         * @param step the number of the step, an INT64 scalar, constant where the loop is unrolled
         * @param states of this step
         * @param around the values of {@link #around}, as the graph at hand has them
         */
        List<Operand> of(Kernels kernels, EdgeValue step, List<Operand> states, List<EdgeValue> around);

        /** How many outputs the body has before its states. */
        int outputsBeforeStates();
    }

    /**
     * What is left behind.
     *
     * @param collected for each such output all parts, along a new first axis
     */
    record Result(List<EdgeValue> states, List<EdgeValue> collected) {}

    /** The states among a body's outputs. */
    <T> List<T> statesOf(List<T> outputs) {
        int from = inputs.outputsBeforeStates();
        return outputs.subList(from, from + states.size());
    }

    /** The parts of the collected outputs among a body's outputs. */
    <T> List<T> partsOf(List<T> outputs) {
        return outputs.subList(outputs.size() - collected, outputs.size());
    }
}
