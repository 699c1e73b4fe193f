package dev.slipway.tflite;

import java.util.List;

/**
 * A graph; the first of a model is its entry, the others are bodies of control flow.
 *
 * @param operators in the order in which they run
 * @param inputs indexes of tensors
 * @param outputs indexes of tensors
 */
public record TfliteSubgraph(
        String name,
        List<TfliteTensor> tensors,
        List<TfliteOperator> operators,
        List<Integer> inputs,
        List<Integer> outputs) {
    public TfliteSubgraph {
        tensors = List.copyOf(tensors);
        operators = List.copyOf(operators);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
