package dev.slipway.edge.graph;

import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/**
 * One application of a TFLite operator.
 *
 * @param inputs {@link EdgeValue#absent()} stands for an optional one left out
 * @param bodies the graphs that control flow runs: of IF what to do if so and if not, of WHILE the condition and the
 *     body. Their inputs and outputs are theirs alone, so they read nothing of the graph around them.
 */
public record EdgeOperation(
        BuiltinOperator operator,
        OperatorOptions options,
        List<EdgeValue> inputs,
        List<EdgeValue> outputs,
        List<EdgeGraph> bodies) {
    public EdgeOperation {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        bodies = List.copyOf(bodies);
    }

    /** An operation without control flow. */
    public EdgeOperation(
            BuiltinOperator operator, OperatorOptions options, List<EdgeValue> inputs, List<EdgeValue> outputs) {
        this(operator, options, inputs, outputs, List.of());
    }

    /** The same operation on other values. */
    public EdgeOperation with(List<EdgeValue> otherInputs, List<EdgeValue> otherOutputs) {
        return new EdgeOperation(operator, options, otherInputs, otherOutputs, bodies);
    }

    /** The same operation with other settings. */
    public EdgeOperation with(OperatorOptions other) {
        return new EdgeOperation(operator, other, inputs, outputs, bodies);
    }

    public EdgeValue input(int index) {
        return inputs.get(index);
    }

    /** The first output, which of most operators is the only one. */
    public EdgeValue output() {
        return outputs.get(0);
    }
}
