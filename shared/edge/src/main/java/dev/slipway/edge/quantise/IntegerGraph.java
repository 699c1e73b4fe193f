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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Writes a float graph anew with integers where rules say so, QUANTIZE and DEQUANTIZE in between. */
final class IntegerGraph {
    private static final OperatorOptions NONE = new OperatorOptions.None();

    private final Map<EdgeOperation, KernelRule> rules;
    private final Scales plan;
    private final IntegerType type;
    private final Map<EdgeValue, double[]> corrections;
    private final List<EdgeOperation> operations = new ArrayList<>();
    private final Map<EdgeValue, EdgeValue> integers = new HashMap<>();
    private final Map<EdgeValue, EdgeValue> floats = new HashMap<>();
    private final Map<EdgeValue, Map<Quantization, EdgeValue>> requantised = new HashMap<>();

    /** @param corrections what to take off the bias of the operation that makes a value */
    IntegerGraph(
            Map<EdgeOperation, KernelRule> rules, Scales plan, IntegerType type, Map<EdgeValue, double[]> corrections) {
        this.rules = rules;
        this.plan = plan;
        this.type = type;
        this.corrections = corrections;
    }

    EdgeGraph of(EdgeGraph graph, BorderType border) {
        List<EdgeValue> inputs = new ArrayList<>();
        for (EdgeValue input : graph.inputs()) {
            inputs.add(border == BorderType.INTEGER && plan.knows(input) ? integer(input) : input);
        }
        for (EdgeOperation operation : graph.operations()) {
            Optional.ofNullable(rules.get(operation))
                    .ifPresentOrElse(rule -> add(operation, rule), () -> addFloat(operation));
        }
        Map<String, EdgeValue> outputs = new LinkedHashMap<>();
        Set<EdgeValue> taken = new HashSet<>(inputs);
        graph.outputs().forEach((name, value) -> {
            boolean narrow = border == BorderType.INTEGER && !value.isConstant() && plan.knows(value);
            EdgeValue output = narrow ? asIntegers(value, plan.of(value)) : asFloats(value);
            // Each output is a tensor of its own; for integers the emitter does not know how to copy.
            outputs.put(name, narrow && !taken.add(output) ? quantise(output, value, plan.of(value)) : output);
        });
        return new EdgeGraph(operations, inputs, outputs);
    }

    /**
     * The operation on integers beside the float one: what it makes of the float inputs, made float again. Used to see the
     * error that it adds alone.
     */
    static EdgeValue beside(
            EdgeOperation operation, KernelRule rule, ScalePlan plan, IntegerType type, List<EdgeOperation> added) {
        IntegerGraph alone = new IntegerGraph(Map.of(operation, rule), plan, type, Map.of());
        alone.add(operation, rule);
        EdgeValue result = alone.asFloats(operation.output());
        added.addAll(alone.operations);
        return result;
    }

    private void addFloat(EdgeOperation operation) {
        operations.add(
                operation.with(operation.inputs().stream().map(this::asFloats).toList(), operation.outputs()));
    }

    private void add(EdgeOperation operation, KernelRule rule) {
        List<EdgeValue> inputs = new ArrayList<>(operation.inputs());
        Optional<Quantization> shared = rule.sameScale() ? Optional.of(plan.of(operation.output())) : Optional.empty();
        for (int place : rule.activations()) {
            EdgeValue input = operation.input(place);
            inputs.set(
                    place,
                    input.isConstant()
                            ? shared.map(how -> type.constant(input, how)).orElseGet(() -> constant(operation, input))
                            : asIntegers(input, shared.orElseGet(() -> plan.of(input))));
        }
        rule.weights().ifPresent(place -> addWeights(operation, rule, place, inputs));
        List<EdgeValue> outputs = operation.outputs().stream()
                .map(output -> rule.integerOutput() ? integer(output) : output)
                .toList();
        operations.add(operation.with(inputs, outputs));
    }

    /** The right side of a product of matrices around zero, as its kernels are made for weights. */
    private EdgeValue constant(EdgeOperation operation, EdgeValue input) {
        return operation.operator() == BuiltinOperator.BATCH_MATMUL && type == IntegerType.INT8
                ? SymmetricWeights.of(input, OptionalInt.empty())
                : type.constant(input);
    }

    private void addWeights(EdgeOperation operation, KernelRule rule, int place, List<EdgeValue> inputs) {
        EdgeValue weights = operation.input(place);
        float[] scales = SymmetricWeights.scales(weights, rule.weightAxis());
        double inputScale = inputs.get(rule.activations().get(0))
                .quantization()
                .orElseThrow()
                .scales()
                .get(0);
        int biasPlace = rule.bias().orElse(-1);
        boolean biased = biasPlace >= 0
                && biasPlace < inputs.size()
                && !inputs.get(biasPlace).isAbsent();
        double[] bias = biased ? bias(operation, operation.input(biasPlace)) : new double[0];
        IntegerType.widen(scales, bias, inputScale);
        inputs.set(place, SymmetricWeights.of(weights, rule.weightAxis(), scales));
        if (biased) {
            inputs.set(biasPlace, type.bias(operation.input(biasPlace), bias, inputScale, scales));
        }
    }

    private double[] bias(EdgeOperation operation, EdgeValue bias) {
        float[] given = SymmetricWeights.finite(bias);
        double[] numbers = new double[given.length];
        double[] correction = corrections.getOrDefault(operation.output(), new double[given.length]);
        for (int i = 0; i < given.length; i++) {
            numbers[i] = given[i] - correction[i];
        }
        return numbers;
    }

    /** The value as its own operation, or the border, makes it. */
    private EdgeValue integer(EdgeValue value) {
        return integers.computeIfAbsent(value, key -> key.quantised(type.type(), plan.of(key)));
    }

    private EdgeValue asIntegers(EdgeValue value, Quantization how) {
        EdgeValue own = integers.get(value);
        if (own != null && own.quantization().orElseThrow().equals(how)) {
            return own;
        }
        return requantised
                .computeIfAbsent(value, key -> new HashMap<>())
                .computeIfAbsent(how, key -> quantise(own == null ? value : own, value, how));
    }

    private EdgeValue quantise(EdgeValue from, EdgeValue value, Quantization how) {
        EdgeValue to = EdgeValue.computed(value.name() + "/quantised", TensorType.FLOAT32, value.shape())
                .quantised(type.type(), how);
        operations.add(new EdgeOperation(BuiltinOperator.QUANTIZE, NONE, List.of(from), List.of(to)));
        return to;
    }

    private EdgeValue asFloats(EdgeValue value) {
        EdgeValue own = integers.get(value);
        return own == null
                ? value
                : floats.computeIfAbsent(value, key -> {
                    EdgeValue wide = EdgeValue.computed(key.name() + "/dequantised", TensorType.FLOAT32, key.shape());
                    operations.add(new EdgeOperation(BuiltinOperator.DEQUANTIZE, NONE, List.of(own), List.of(wide)));
                    return wide;
                });
    }
}
