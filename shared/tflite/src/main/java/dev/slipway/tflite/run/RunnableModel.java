package dev.slipway.tflite.run;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.OperatorSettings;
import dev.slipway.tflite.TensorType;
import dev.slipway.tflite.TfliteModel;
import dev.slipway.tflite.TfliteOperator;
import dev.slipway.tflite.TfliteSubgraph;
import dev.slipway.tflite.TfliteTensor;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the runtime takes for granted. It is written in C++ and would read or write wild memory, and so end the process,
 * where a model breaks these rules.
 */
final class RunnableModel {
    private static final Set<TensorType> HANDLES = Set.of(TensorType.STRING, TensorType.RESOURCE, TensorType.VARIANT);
    // The first two inputs of these are always there, whatever else is left out.
    private static final Set<BuiltinOperator> WITH_OPTIONAL_INPUTS = Set.of(
            BuiltinOperator.CONV_2D,
            BuiltinOperator.FULLY_CONNECTED,
            BuiltinOperator.TRANSPOSE_CONV,
            BuiltinOperator.CONV_3D,
            BuiltinOperator.CONV_3D_TRANSPOSE,
            BuiltinOperator.SVDF,
            BuiltinOperator.LSTM,
            BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM,
            BuiltinOperator.BIDIRECTIONAL_SEQUENCE_LSTM,
            BuiltinOperator.BIDIRECTIONAL_SEQUENCE_RNN);

    private final TfliteModel model;
    private final TfliteSubgraph graph;
    private final Set<Integer> available = new HashSet<>();

    private RunnableModel(TfliteModel model, TfliteSubgraph graph) {
        this.model = model;
        this.graph = graph;
    }

    /** Fails with {@code tflite.unusable} or {@code tflite.operator}. */
    static void check(TfliteModel model) {
        for (TfliteSubgraph graph : model.subgraphs()) {
            new RunnableModel(model, graph).check();
        }
    }

    private void check() {
        List<TfliteTensor> tensors = graph.tensors();
        for (int i = 0; i < tensors.size(); i++) {
            TfliteTensor tensor = tensors.get(i);
            if (HANDLES.contains(tensor.type())) {
                throw unusable("its tensor '" + tensor.name() + "' is " + tensor.type());
            }
            if (tensor.data().isPresent() || tensor.variable()) {
                available.add(i);
            }
        }
        for (int input : graph.inputs()) {
            if (!available.add(input)) {
                throw unusable(
                        "its input '" + tensors.get(input).name() + "' is a constant, a state, or an input already");
            }
        }
        for (TfliteOperator operator : graph.operators()) {
            check(operator);
        }
        for (int output : graph.outputs()) {
            if (!available.contains(output)) {
                throw unusable(
                        "nothing makes its output '" + tensors.get(output).name() + "'");
            }
        }
    }

    private void check(TfliteOperator operator) {
        BuiltinOperator name = operator.operator();
        if (operator.options() instanceof OperatorOptions.Custom custom) {
            throw SlipwayException.unsupported(
                    "tflite.operator", "The TFLite file uses the custom operator '" + custom.name() + "'.");
        }
        Optional<OperatorArity> arity = OperatorArity.of(name);
        if (arity.isEmpty() || operator.options() instanceof OperatorOptions.Other) {
            throw SlipwayException.unsupported(
                    "tflite.operator",
                    "The TFLite file uses the operator " + name + " in a way that is not known here and is not run.");
        }
        if (!arity.get().fits(operator)) {
            throw unusable("its " + name + " has " + operator.inputs().size() + " inputs and "
                    + operator.outputs().size() + " outputs");
        }
        for (int i = 0; i < operator.inputs().size(); i++) {
            int input = operator.inputs().get(i);
            if (input < 0) {
                checkOptional(name, i);
            } else if (!available.contains(input)) {
                throw unusable(
                        "its " + name + " reads '" + graph.tensors().get(input).name() + "' before it is made");
            }
        }
        OperatorSettings.check(operator);
        checkScales(operator);
        checkShapes(operator);
        TypeRules.violation(model, graph, operator).ifPresent(why -> {
            throw unusable("of its " + name + ", " + why);
        });
        for (int output : operator.outputs()) {
            if (!available.add(output)) {
                throw unusable(
                        "its " + name + " makes '" + graph.tensors().get(output).name() + "', which is there already");
            }
        }
    }

    /** Shapes that are known; those that only show as the model runs are looked at then. */
    private void checkShapes(TfliteOperator operator) {
        boolean known = operator.inputs().stream()
                .filter(input -> input >= 0)
                .noneMatch(input -> graph.tensors().get(input).shape().contains(-1));
        if (known && ShapeRules.apply(operator.operator())) {
            ShapeRules.violation(operator, tensor -> graph.tensors().get(tensor).shape())
                    .ifPresent(why -> {
                        throw unusable("of its " + operator.operator() + ", " + why);
                    });
        }
    }

    private void checkScales(TfliteOperator operator) {
        List<TfliteTensor> tensors = graph.tensors();
        QuantizationRules.violation(
                        operator.operator(),
                        operator.inputs().stream()
                                .map(input ->
                                        input < 0 ? Optional.<TfliteTensor>empty() : Optional.of(tensors.get(input)))
                                .toList(),
                        operator.outputs().stream().map(tensors::get).toList())
                .ifPresent(why -> {
                    throw unusable("its " + operator.operator() + " can't calculate: " + why);
                });
    }

    private static void checkOptional(BuiltinOperator name, int input) {
        // The weights of an LSTM's input gate, and no other second input, may be left out.
        boolean mayBeAbsent = WITH_OPTIONAL_INPUTS.contains(name)
                && (input > 1 || (input == 1 && name.name().contains("LSTM")));
        if (!mayBeAbsent) {
            throw unusable("its " + name + " lacks input " + input);
        }
    }

    private static SlipwayException unusable(String why) {
        return SlipwayException.invalid(
                "tflite.unusable", "The TFLite runtime can't run this model: " + why + ". Convert the model again.");
    }
}
