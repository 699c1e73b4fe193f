package dev.slipway.edge.quantise;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.Quantization;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A float graph in which each pair of QUANTIZE and DEQUANTIZE became one operation from floats to floats, called
 * QUANTIZE, which rounds to a scale.
 *
 * @param scales what the results of these operations are rounded to
 */
record ScalePairs(EdgeGraph graph, Map<EdgeValue, Quantization> scales) {
    private record Rounding(EdgeValue value, Quantization scale) {}

    ScalePairs {
        scales = Map.copyOf(scales);
    }

    static ScalePairs of(EdgeGraph graph) {
        Map<EdgeValue, EdgeOperation> quantised = new HashMap<>();
        Map<EdgeValue, EdgeValue> same = new HashMap<>();
        Map<Rounding, EdgeValue> rounded = new HashMap<>();
        Map<EdgeValue, Quantization> scales = new HashMap<>();
        List<EdgeOperation> operations = new ArrayList<>();
        for (EdgeOperation old : graph.operations()) {
            EdgeOperation operation = old.with(
                    old.inputs().stream()
                            .map(input -> same.getOrDefault(input, input))
                            .toList(),
                    old.outputs());
            if (isQuantize(operation)) {
                quantised.put(operation.output(), operation);
            } else if (operation.operator() == BuiltinOperator.DEQUANTIZE
                    && quantised.containsKey(operation.input(0))) {
                EdgeValue from = quantised.get(operation.input(0)).input(0);
                Quantization scale = operation.input(0).quantization().orElseThrow();
                EdgeValue to = operation.output();
                // Rounding again to the same scale changes nothing.
                EdgeValue known =
                        scale.equals(scales.get(from)) ? from : rounded.putIfAbsent(new Rounding(from, scale), to);
                if (known == null) {
                    scales.put(to, scale);
                    operations.add(rounding(from, to));
                } else {
                    same.put(to, known);
                }
            } else {
                operations.add(operation);
            }
        }
        Map<String, EdgeValue> outputs = new LinkedHashMap<>();
        graph.outputs().forEach((name, value) -> outputs.put(name, same.getOrDefault(value, value)));
        return new ScalePairs(new EdgeGraph(operations, graph.inputs(), outputs), scales);
    }

    static boolean isQuantize(EdgeOperation operation) {
        return operation.operator() == BuiltinOperator.QUANTIZE
                && operation.input(0).type() == TensorType.FLOAT32;
    }

    /**
     * The same with the rounding before what only moves elements, or picks the largest: the order of the two does not
     * matter, and what comes before then knows its scale.
     */
    ScalePairs early() {
        ScalePairs current = this;
        Optional<ScalePairs> next = current.earlier();
        while (next.isPresent()) {
            current = next.get();
            next = current.earlier();
        }
        return current;
    }

    private Optional<ScalePairs> earlier() {
        Users users = Users.of(graph);
        for (EdgeOperation rounding : graph.operations()) {
            if (isQuantize(rounding)) {
                EdgeOperation maker = users.maker(rounding.input(0));
                if (maker != null
                        && users.isOnlyUse(rounding.input(0))
                        && passes(maker)
                        && source(maker, users)
                                .map(value -> !isRounded(value, users))
                                .orElse(false)) {
                    return Optional.of(swapped(maker, rounding));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isRounded(EdgeValue value, Users users) {
        EdgeOperation maker = users.maker(value);
        return maker != null && isQuantize(maker);
    }

    /** Where the elements come from that this operation and those before it move, if nobody else wants them. */
    private static Optional<EdgeValue> source(EdgeOperation operation, Users users) {
        EdgeValue value = moved(operation);
        while (users.isOnlyUse(value)) {
            EdgeOperation maker = users.maker(value);
            if (maker == null || !passes(maker)) {
                return Optional.of(value);
            }
            value = moved(maker);
        }
        return Optional.empty();
    }

    private ScalePairs swapped(EdgeOperation maker, EdgeOperation rounding) {
        EdgeValue value = moved(maker);
        EdgeValue result = rounding.output();
        EdgeValue early = EdgeValue.computed(value.name() + "/rounded", TensorType.FLOAT32, value.shape());
        List<EdgeOperation> operations = new ArrayList<>();
        for (EdgeOperation operation : graph.operations()) {
            if (operation.equals(maker)) {
                operations.add(rounding(value, early));
                operations.add(maker.with(
                        maker.inputs().stream()
                                .map(input -> input == value ? early : input)
                                .toList(),
                        List.of(result)));
            } else if (!operation.equals(rounding)) {
                operations.add(operation);
            }
        }
        Map<EdgeValue, Quantization> changed = new HashMap<>(scales);
        changed.put(early, changed.remove(result));
        return new ScalePairs(new EdgeGraph(operations, graph.inputs(), graph.outputs()), changed);
    }

    private static boolean passes(EdgeOperation operation) {
        return KernelRules.isMonotone(operation)
                && operation.outputs().size() == 1
                && KernelRules.of(operation, IntegerType.INT8)
                        .filter(rule -> rule.computed(operation).size() == 1)
                        .isPresent();
    }

    private static EdgeValue moved(EdgeOperation operation) {
        return KernelRules.of(operation, IntegerType.INT8)
                .orElseThrow()
                .computed(operation)
                .get(0);
    }

    private static EdgeOperation rounding(EdgeValue from, EdgeValue to) {
        return new EdgeOperation(BuiltinOperator.QUANTIZE, new OperatorOptions.None(), List.of(from), List.of(to));
    }
}
