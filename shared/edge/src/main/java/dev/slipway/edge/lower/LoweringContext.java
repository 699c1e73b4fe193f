package dev.slipway.edge.lower;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.OperationList;
import dev.slipway.edge.probe.ProbedModel;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a lowering asks and tells: facts about ONNX values, and the operations that make them.
 *
 * <p>An ONNX value may be held in its own type or in the wider type that TFLite's kernels compute it in (see {@link
 * ElementTypes}); casts are added where one is held and the other asked for.
 */
public final class LoweringContext {
    private final ProbedModel model;
    private final LoweringRegistry registry;
    private final BodyProbe bodies;
    private final OperationList operations;
    private final Map<String, EdgeValue> values = new HashMap<>();
    private final Map<String, EdgeValue> computable = new HashMap<>();
    // Values of integer types that were made as FLOAT32.
    private final Map<String, EdgeValue> floats = new HashMap<>();
    // What is known of values that ONNX does not know.
    private final Map<String, ValueFacts> composed = new HashMap<>();
    private final Map<String, OnnxNode> makers = new HashMap<>();
    private final Set<String> read = new LinkedHashSet<>();
    private int compositions;

    LoweringContext(ProbedModel model, LoweringRegistry registry, BodyProbe bodies, OperationList operations) {
        this.model = model;
        this.registry = registry;
        this.bodies = bodies;
        this.operations = operations;
        model.model().graph().nodes().forEach(node -> node.outputs().forEach(output -> makers.put(output, node)));
    }

    /** The version of ONNX's own operators that the model is written in. */
    public long opset() {
        return model.model().opset();
    }

    /** The kernels, whose results are named after the node's first output. */
    public Kernels kernels(OnnxNode node) {
        return new Kernels(operations, node.outputs().get(0));
    }

    /** What was found out about input {@code index} of the node, which must be there. */
    public ValueFacts facts(OnnxNode node, int index) {
        return node.input(index)
                .flatMap(this::known)
                .orElseThrow(() -> refusal("no-tensor", "its input " + index + " is no dense tensor"));
    }

    /** What was found out about output {@code index} of the node, which must be there. */
    public ValueFacts outputFacts(OnnxNode node, int index) {
        return Optional.of(node.outputs())
                .filter(outputs -> index < outputs.size())
                .flatMap(outputs -> known(outputs.get(index)))
                .orElseThrow(() -> refusal("no-tensor", "its output " + index + " is no dense tensor"));
    }

    /** The shape of the node's first output, -1 where open. */
    public List<Integer> outputShape(OnnxNode node) {
        return outputFacts(node, 0).shape();
    }

    /** Whether somebody wants output {@code index} of the node. */
    public boolean wantsOutput(OnnxNode node, int index) {
        return index < node.outputs().size() && !node.outputs().get(index).isEmpty();
    }

    /** The node that makes input {@code index}; empty for constants and inputs of the graph, or if it was left out. */
    public Optional<OnnxNode> maker(OnnxNode node, int index) {
        return node.input(index).map(makers::get);
    }

    /** The value of input {@code index} in the type that it is computed in: FLOAT32, INT32, INT64 or BOOL. */
    public EdgeValue input(OnnxNode node, int index) {
        facts(node, index);
        return computed(node.inputs().get(index));
    }

    /**
     * The value of input {@code index} as it is held, which saves operators that only move elements a cast: in its own
     * type or that of {@link #input}.
     */
    public EdgeValue held(OnnxNode node, int index) {
        facts(node, index);
        return held(node.inputs().get(index));
    }

    /** A value of ONNX's in the type that it is computed in. */
    EdgeValue computed(String name) {
        EdgeValue held = held(name);
        TensorType type = ElementTypes.computed(factsOf(name).type());
        if (held.type() == type) {
            return held;
        }
        return computable.computeIfAbsent(name, key -> new Kernels(operations, key).cast(held, type));
    }

    /** A value of ONNX's as it is held. */
    EdgeValue held(String name) {
        ValueFacts facts = factsOf(name);
        read.add(name);
        return facts.constant()
                .map(tensor -> ElementTypes.constant(tensor.withName(name)))
                .orElseGet(() -> values.computeIfAbsent(
                        name, key -> EdgeValue.computed(key, ElementTypes.held(facts.type()), facts.shape())));
    }

    /** These inputs as they are held, if all in one type, otherwise as they are computed. */
    public List<EdgeValue> heldAlike(OnnxNode node, List<Integer> indexes) {
        List<EdgeValue> held = indexes.stream().map(index -> held(node, index)).toList();
        boolean alike = held.stream().map(EdgeValue::type).distinct().count() == 1;
        return alike ? held : indexes.stream().map(index -> input(node, index)).toList();
    }

    /** The elements of input {@code index}, if it was given. They must depend on no input of the model. */
    public Optional<OnnxTensor> constant(OnnxNode node, int index) {
        if (node.input(index).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(known(node, index)
                .orElseThrow(() -> refusal(
                        "not-constant",
                        "its input " + index + " ('" + node.inputs().get(index) + "') must be constant")));
    }

    /** The elements of input {@code index}, if it was given and they depend on no input of the model. */
    public Optional<OnnxTensor> known(OnnxNode node, int index) {
        return node.input(index).flatMap(this::known).flatMap(ValueFacts::constant);
    }

    /** A list of integers that older operator sets have as an attribute and newer ones as a constant input. */
    public Optional<List<Integer>> integers(OnnxNode node, String attribute, int index) {
        return node.integers(attribute)
                .map(values -> values.stream().map(Math::toIntExact).toList())
                .or(() -> constant(node, index).map(tensor -> Arrays.stream(tensor.longs())
                        .mapToObj(Math::toIntExact)
                        .toList()));
    }

    /** An axis counted from 0; {@code rank} bounds it. */
    public int axis(long given, int rank) {
        if (given < -rank || given >= Math.max(rank, 1)) {
            throw refusal("axis", "it names axis " + given + " of a value of rank " + rank);
        }
        return Math.floorMod(given, Math.max(rank, 1));
    }

    /** Says which value the node's first output is, in its own type or that of {@link #input}. */
    public void define(OnnxNode node, EdgeValue value) {
        define(node, 0, value);
    }

    /** Says which value output {@code index} is, in its own type or that of {@link #input}. */
    public void define(OnnxNode node, int index, EdgeValue value) {
        ElementType type = outputFacts(node, index).type();
        if (value.type() != ElementTypes.computed(type) && value.type() != ElementTypes.held(type)) {
            throw new IllegalStateException(node.label() + " makes " + value.type() + " for " + type);
        }
        values.put(node.outputs().get(index), value);
    }

    /**
     * After arithmetic in a wider type: what the arithmetic of the output's own type would have given, which wraps
     * around.
     */
    public EdgeValue wrapped(OnnxNode node, EdgeValue value) {
        Kernels kernels = kernels(node);
        return switch (outputFacts(node, 0).type()) {
            case INT8 -> kernels.cast(kernels.cast(value, TensorType.INT8), TensorType.INT32);
            case UINT8 -> kernels.cast(kernels.cast(value, TensorType.UINT8), TensorType.INT32);
            case INT16 -> kernels.cast(kernels.cast(value, TensorType.INT16), TensorType.INT32);
            case UINT16 -> kernels.cast(kernels.cast(value, TensorType.UINT16), TensorType.INT32);
            case UINT32 -> kernels.cast(kernels.cast(value, TensorType.UINT32), TensorType.INT64);
            default -> value;
        };
    }

    /** Adds any operation, with the type of its first input. */
    public EdgeValue add(
            OnnxNode node,
            BuiltinOperator operator,
            OperatorOptions options,
            List<EdgeValue> inputs,
            List<Integer> shape) {
        return kernels(node).add(operator, options, inputs, inputs.get(0).type(), shape);
    }

    /**
     * The numbers of input {@code index} as FLOAT32, which must hold them exactly: without a cast where they were made as
     * such.
     */
    public EdgeValue floats(OnnxNode node, int index) {
        EdgeValue held = held(node, index);
        EdgeValue made = floats.get(node.inputs().get(index));
        return made == null || held.isConstant() ? kernels(node).cast(held, TensorType.FLOAT32) : made;
    }

    /** As {@link #define} for an output of integers that were computed, exactly, as FLOAT32. */
    public void defineFloats(OnnxNode node, int index, EdgeValue value) {
        TensorType held = ElementTypes.held(outputFacts(node, index).type());
        floats.put(node.outputs().get(index), value);
        define(node, index, kernels(node).cast(value, held));
    }

    /**
     * The result of another operator of ONNX's own, as its lowering makes it, for what a part of this node is the same
     * as.
     *
     * @param result what is known of the operator's only output
     */
    public EdgeValue compose(
            OnnxNode node,
            String operator,
            Map<String, AttributeValue> attributes,
            List<Operand> operands,
            ValueFacts result) {
        String name = node.outputs().get(0) + "/" + operator + compositions++;
        List<String> inputs = new ArrayList<>();
        for (Operand operand : operands) {
            String input = operand.value().isAbsent() ? "" : name + "/" + inputs.size();
            inputs.add(input);
            if (!input.isEmpty()) {
                composed.put(input, operand.facts());
                values.put(input, operand.value());
            }
        }
        composed.put(name, result);
        OnnxNode part = new OnnxNode(node.name(), "", operator, inputs, List.of(name), attributes);
        registry.find(part, opset()).lowering().lower(part, this);
        EdgeValue made = values.remove(name);
        EdgeValue computed = kernels(node).cast(made, ElementTypes.computed(result.type()));
        inputs.forEach(values::remove);
        inputs.forEach(computable::remove);
        read.removeAll(inputs);
        return computed;
    }

    /** The reason code is stable; {@code why} follows the node's name in the message. */
    public SlipwayException refusal(String reason, String why) {
        return SlipwayException.unsupported("edge." + reason, why);
    }

    /**
     * A body of the node's, probed with what is known of its inputs; those that are constant are constants in it.
     *
     * @param inputs for each input of the body
     */
    public Body body(OnnxNode node, OnnxGraph body, List<ValueFacts> inputs) {
        Map<String, ValueFacts> outside = new LinkedHashMap<>();
        List<OnnxValue> open = new ArrayList<>();
        List<OnnxTensor> constants = new ArrayList<>(body.initializers());
        for (int i = 0; i < inputs.size(); i++) {
            OnnxValue input = body.inputs().get(i);
            ValueFacts facts = inputs.get(i);
            facts.constant().ifPresentOrElse(tensor -> constants.add(tensor.withName(input.name())), () -> {
                open.add(input);
                outside.put(input.name(), facts);
            });
        }
        List<String> captures = new ArrayList<>();
        for (String name : body.captures()) {
            ValueFacts facts = known(name)
                    .orElseThrow(() -> refusal("no-tensor", "its body takes '" + name + "', which is no dense tensor"));
            outside.put(name, facts);
            if (facts.constant().isEmpty()) {
                captures.add(name);
            }
        }
        OnnxGraph rest = body.withInputs(open).withInitializers(constants);
        return new Body(
                this,
                bodies.probe(model.model(), rest, outside),
                open.stream().map(OnnxValue::name).toList(),
                captures);
    }

    /** A context for a body, whose operations go where those of {@code kernels} go. */
    LoweringContext inside(ProbedModel body, Kernels kernels, Map<String, EdgeValue> given) {
        LoweringContext context = new LoweringContext(body, registry, bodies, kernels.operations());
        context.values.putAll(given);
        return context;
    }

    /** Lowers all nodes whose results are not constant, and says which of those that are needed can't be. */
    List<String> lowerAll() {
        return new NodeLowerings(model, registry, this).lower();
    }

    private ValueFacts factsOf(String name) {
        return known(name).orElseThrow(() -> refusal("no-tensor", "the value '" + name + "' is no dense tensor"));
    }

    private Optional<ValueFacts> known(String name) {
        return model.of(name).or(() -> Optional.ofNullable(composed.get(name)));
    }

    /** The values asked for since the last call; what a lowering asks only facts about is not needed as a value. */
    Set<String> takeRead() {
        Set<String> taken = Set.copyOf(read);
        read.clear();
        return taken;
    }

    /** An input of the model, held in this type. */
    void defineInput(EdgeValue value, TensorType held) {
        values.put(value.name(), cast(value.name(), value, held));
    }

    Map<String, EdgeValue> values() {
        return values;
    }

    List<EdgeOperation> operations() {
        return operations.operations();
    }

    EdgeValue cast(String name, EdgeValue value, TensorType type) {
        return new Kernels(operations, name).cast(value, type);
    }
}
