package dev.slipway.edge.quantise;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.tflite.Quantization;
import dev.slipway.tflite.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Writes an ONNX graph anew with QuantizeLinear and DequantizeLinear around the nodes that compute with integers. */
final class QdqGraph {
    private final QdqPlan plan;
    private final String domain;
    private final Map<String, OnnxTensor> constants;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, OnnxTensor> initializers = new LinkedHashMap<>();
    private final Map<String, String> rounded = new HashMap<>();
    private final Map<OnnxTensor, String> parameters = new HashMap<>();
    private final List<OnnxNode> nodes = new ArrayList<>();

    private QdqGraph(OnnxGraph graph, QdqPlan plan, String domain) {
        this.plan = plan;
        this.domain = domain;
        this.constants = graph.constants();
        this.initializers.putAll(constants);
        this.taken.addAll(constants.keySet());
        graph.inputs().forEach(input -> taken.add(input.name()));
        graph.nodes().forEach(node -> taken.addAll(node.outputs()));
    }

    /** The graph of the same inputs and outputs; {@code domain} is whose quantising operators it uses. */
    static OnnxGraph of(OnnxGraph graph, QdqPlan plan, String domain) {
        QdqGraph made = new QdqGraph(graph, plan, domain);
        for (OnnxNode node : graph.nodes()) {
            plan.rule(node).ifPresentOrElse(rule -> made.add(node, rule), () -> made.nodes.add(node));
        }
        return made.finished(graph, graph.outputs());
    }

    /**
     * The graph as it is, with each integer node besides, taking what the float ones make: to see the error that it adds
     * alone. Puts the names of its results, rounded, by those of the float ones into {@code pairs}.
     */
    static OnnxGraph beside(OnnxGraph graph, QdqPlan plan, String domain, Map<String, String> pairs) {
        QdqGraph made = new QdqGraph(graph, plan, domain);
        for (OnnxNode node : graph.nodes()) {
            made.nodes.add(node);
            plan.rule(node).filter(rule -> !QdqRules.isMovement(node)).ifPresent(rule -> {
                List<String> exact = node.outputs().stream()
                        .map(output -> made.fresh(output, "beside"))
                        .toList();
                OnnxNode twin = made.quantised(node, rule);
                String name = node.name().isEmpty() ? "" : made.fresh(node.name(), "beside");
                made.nodes.add(
                        new OnnxNode(name, twin.domain(), twin.operator(), twin.inputs(), exact, twin.attributes()));
                String output = node.outputs().get(0);
                pairs.put(output, made.pair(exact.get(0), plan.scale(output), made.fresh(output, "rounded")));
            });
        }
        return made.finished(graph, graph.outputs());
    }

    private OnnxGraph finished(OnnxGraph graph, List<OnnxValue> outputs) {
        Set<String> read = new HashSet<>();
        nodes.forEach(node -> read.addAll(node.reads()));
        outputs.forEach(output -> read.add(output.name()));
        return new OnnxGraph(
                graph.name(),
                nodes,
                initializers.values().stream()
                        .filter(tensor -> read.contains(tensor.name()))
                        .toList(),
                graph.requiredInputs(),
                outputs,
                List.of());
    }

    private void add(OnnxNode node, KernelRule rule) {
        OnnxNode changed = quantised(node, rule);
        List<String> outputs = new ArrayList<>();
        for (String output : node.outputs()) {
            outputs.add(output.isEmpty() || plan.isWithinNode(output) ? output : fresh(output, "exact"));
        }
        nodes.add(changed.withOutputs(outputs));
        for (int i = 0; i < outputs.size(); i++) {
            String output = node.outputs().get(i);
            if (!outputs.get(i).equals(output)) {
                // Whoever takes the value takes it rounded.
                pair(outputs.get(i), plan.scale(output), output);
                rounded.put(output, output);
            }
        }
    }

    /** The node taking quantised inputs. */
    private OnnxNode quantised(OnnxNode node, KernelRule rule) {
        List<String> inputs = new ArrayList<>(node.inputs());
        for (int place : rule.activations()) {
            String input = node.inputs().get(place);
            if (!plan.isWithinNode(input)) {
                inputs.set(place, rounded.computeIfAbsent(input, this::rounded));
            }
        }
        rule.weights().ifPresent(place -> addWeights(node, rule, place, inputs));
        return node.withInputs(inputs);
    }

    private String rounded(String value) {
        OnnxTensor constant = constants.get(value);
        return constant == null
                ? pair(value, plan.scale(value), fresh(value, "dequantised"))
                : dequantised(plan.type().constant(floats(constant)));
    }

    private void addWeights(OnnxNode node, KernelRule rule, int place, List<String> inputs) {
        OnnxTensor weights = constants.get(node.inputs().get(place));
        EdgeValue exact = floats(weights);
        float[] scales = SymmetricWeights.scales(exact, rule.weightAxis());
        float inputScale = plan.scale(node.inputs().get(0)).scales().get(0);
        OptionalInt biasPlace = rule.bias();
        OnnxTensor bias = biasPlace.isPresent()
                ? node.input(biasPlace.getAsInt()).map(constants::get).orElse(null)
                : null;
        // 16-bit activations would need biases of 64 bits, which ONNX does not dequantise.
        boolean biased = bias != null && plan.type() == IntegerType.INT8;
        if (biased) {
            double[] numbers = doubles(SymmetricWeights.finite(floats(bias)));
            IntegerType.widen(scales, numbers, inputScale);
            EdgeValue integers = plan.type().bias(floats(bias), numbers, inputScale, scales);
            inputs.set(biasPlace.getAsInt(), dequantised(integers));
        }
        inputs.set(place, dequantised(SymmetricWeights.of(exact, rule.weightAxis(), scales)));
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    private static EdgeValue floats(OnnxTensor tensor) {
        return EdgeValue.constant(tensor.name(), TensorType.FLOAT32, tensor.shape(), tensor.data());
    }

    /** A constant of integers, made float again. */
    private String dequantised(EdgeValue integers) {
        String name = fresh(integers.name(), "quantised");
        ElementType type = ElementType.valueOf(integers.type().name());
        initializers.put(
                name,
                new OnnxTensor(name, type, integers.shape(), integers.data().orElseThrow()));
        Quantization how = integers.quantization().orElseThrow();
        String result = fresh(integers.name(), "dequantised");
        nodes.add(node("DequantizeLinear", name, how, type, how.scales().size() > 1, result));
        return result;
    }

    /** Rounds a value to a scale; returns the name of the result. */
    private String pair(String value, Quantization scale, String result) {
        String integers = fresh(value, "quantised");
        ElementType type = ElementType.valueOf(plan.type().type().name());
        nodes.add(node("QuantizeLinear", value, scale, type, false, integers));
        nodes.add(node("DequantizeLinear", integers, scale, type, false, result));
        return result;
    }

    private OnnxNode node(
            String operator, String value, Quantization how, ElementType type, boolean perChannel, String result) {
        List<String> inputs = List.of(value, scales(how, perChannel), zeroPoints(how, type, perChannel));
        Map<String, AttributeValue> attributes =
                perChannel ? Map.of("axis", AttributeValue.integer(how.axis())) : Map.of();
        return new OnnxNode(result + "/" + operator, domain, operator, inputs, List.of(result), attributes);
    }

    private String scales(Quantization how, boolean perChannel) {
        float[] values = new float[how.scales().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = how.scales().get(i);
        }
        List<Integer> shape = perChannel ? List.of(values.length) : List.of();
        return shared(OnnxTensor.float32("scale", shape, values));
    }

    private String zeroPoints(Quantization how, ElementType type, boolean perChannel) {
        int count = how.zeroPoints().size();
        ByteBuffer data = ByteBuffer.allocate(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (long zeroPoint : how.zeroPoints()) {
            switch (type) {
                case INT8 -> data.put((byte) zeroPoint);
                case INT16 -> data.putShort((short) zeroPoint);
                default -> data.putInt((int) zeroPoint);
            }
        }
        return shared(new OnnxTensor("zero_point", type, perChannel ? List.of(count) : List.of(), data.flip()));
    }

    /** The initializer of this content, which equal parameters have in common. */
    private String shared(OnnxTensor tensor) {
        String known = parameters.get(tensor);
        if (known != null) {
            return known;
        }
        String name = fresh(tensor.name(), String.valueOf(parameters.size()));
        parameters.put(tensor, name);
        initializers.put(name, tensor.withName(name));
        return name;
    }

    private String fresh(String value, String role) {
        String name = value + "/" + role;
        while (!taken.add(name)) {
            name += "_";
        }
        return name;
    }
}
