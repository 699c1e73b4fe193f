package dev.slipway.edge.graph;

import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.List;

/** One application of a TFLite operator. */
public record EdgeOperation(
        BuiltinOperator operator, OperatorOptions options, List<EdgeValue> inputs, List<EdgeValue> outputs) {
    public EdgeOperation {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    public EdgeValue input(int index) {
        return inputs.get(index);
    }

    /** The first output, which of most operators is the only one. */
    public EdgeValue output() {
        return outputs.get(0);
    }
}
