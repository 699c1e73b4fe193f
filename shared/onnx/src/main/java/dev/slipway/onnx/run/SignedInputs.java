package dev.slipway.onnx.run;

import dev.slipway.onnx.AttributeValue;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets unsigned tensors into a model although ONNX Runtime's Java binding takes none of more than 8 bits: the model gets
 * an input of the same bits as signed numbers, and a cast makes them unsigned again.
 *
 * @param substitutes the name of the signed input for each unsigned one
 */
record SignedInputs(Map<String, String> substitutes) {
    SignedInputs {
        substitutes = Map.copyOf(substitutes);
    }

    static SignedInputs none() {
        return new SignedInputs(Map.of());
    }

    static SignedInputs of(OnnxModel model) {
        OnnxGraph graph = model.graph();
        Set<String> constants = graph.constants().keySet();
        Set<String> taken = new HashSet<>();
        graph.inputs().forEach(input -> taken.add(input.name()));
        graph.nodes().forEach(node -> taken.addAll(node.outputs()));
        Map<String, String> substitutes = new LinkedHashMap<>();
        for (OnnxValue input : graph.inputs()) {
            if (!constants.contains(input.name()) && signed(input.type()).isPresent()) {
                String name = input.name() + "_signed";
                while (!taken.add(name)) {
                    name += "_";
                }
                substitutes.put(input.name(), name);
            }
        }
        return new SignedInputs(substitutes);
    }

    /** The model with the inputs exchanged; the model itself if there are none. */
    OnnxModel apply(OnnxModel model) {
        if (substitutes.isEmpty()) {
            return model;
        }
        OnnxGraph graph = model.graph();
        List<OnnxValue> inputs = new ArrayList<>();
        List<OnnxNode> nodes = new ArrayList<>();
        for (OnnxValue input : graph.inputs()) {
            String name = substitutes.get(input.name());
            if (name != null && input.type() instanceof ValueType.Dense declared) {
                ElementType type = signed(declared.element()).orElseThrow();
                inputs.add(new OnnxValue(name, new ValueType.Dense(type, declared.shape())));
                nodes.add(cast(name, input.name(), declared.element()));
            } else {
                inputs.add(input);
            }
        }
        nodes.addAll(graph.nodes());
        return model.withGraph(graph.withInputs(inputs).withNodes(nodes));
    }

    /** What to feed for a tensor given by its name in the model. */
    OnnxTensor fed(String name, OnnxTensor tensor) {
        String substitute = substitutes.get(name);
        return substitute == null
                ? tensor
                : new OnnxTensor(
                        substitute, signed(tensor.type()).orElse(tensor.type()), tensor.shape(), tensor.data());
    }

    /** An input of the session as the caller knows it. */
    SessionValue shown(SessionValue input) {
        for (Map.Entry<String, String> substitute : substitutes.entrySet()) {
            if (substitute.getValue().equals(input.name())) {
                return new SessionValue(substitute.getKey(), unsigned(input.type()), input.shape());
            }
        }
        return input;
    }

    private static OnnxNode cast(String from, String to, ElementType type) {
        Map<String, AttributeValue> attributes = Map.of("to", AttributeValue.integer(type.code()));
        return new OnnxNode(from, "", "Cast", List.of(from), List.of(to), attributes);
    }

    private static Optional<ElementType> signed(ValueType type) {
        return type instanceof ValueType.Dense dense ? signed(dense.element()) : Optional.empty();
    }

    private static Optional<ElementType> signed(ElementType type) {
        return switch (type) {
            case UINT16 -> Optional.of(ElementType.INT16);
            case UINT32 -> Optional.of(ElementType.INT32);
            case UINT64 -> Optional.of(ElementType.INT64);
            default -> Optional.empty();
        };
    }

    private static ElementType unsigned(ElementType signed) {
        return switch (signed) {
            case INT16 -> ElementType.UINT16;
            case INT32 -> ElementType.UINT32;
            default -> ElementType.UINT64;
        };
    }
}
