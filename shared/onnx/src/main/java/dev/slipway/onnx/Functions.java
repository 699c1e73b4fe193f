package dev.slipway.onnx;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import dev.slipway.kernel.SlipwayException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The local functions of a model, which are inlined where they are called. */
final class Functions {
    private static final int DEEPEST_CALLS = 64;
    private static final int MOST_INLINED_NODES = 500_000;

    private final Map<FunctionKey, FunctionProto> functions;
    private final String stem;
    private final OpsetAgreement opsets;
    private int calls;

    private Functions(Map<FunctionKey, FunctionProto> functions, String stem, OpsetAgreement opsets) {
        this.functions = functions;
        this.stem = stem;
        this.opsets = opsets;
    }

    static Functions of(ModelProto model) {
        Map<FunctionKey, FunctionProto> functions = new HashMap<>();
        for (FunctionProto function : model.getFunctionsList()) {
            FunctionKey key = FunctionKey.of(function);
            if (functions.put(key, function) != null) {
                throw OnnxReader.malformed("function " + key + " is defined twice", null);
            }
        }
        String stem = functions.isEmpty() ? "" : FreshStem.of(model.getGraph());
        return new Functions(functions, stem, new OpsetAgreement(model, functions));
    }

    /** The call that a node is, unless it is an operator. */
    Optional<FunctionCall> call(FunctionKey key, OnnxNode node, Scope scope) {
        FunctionProto function = functions.get(key);
        if (function == null) {
            return Optional.empty();
        }
        if (scope.calls().contains(key) || scope.calls().size() >= DEEPEST_CALLS) {
            throw SlipwayException.invalid(
                    "onnx.malformed",
                    "The function " + key + " calls itself, or functions are nested deeper than " + DEEPEST_CALLS
                            + "; ONNX knows no recursion, so export the model again.");
        }
        calls++;
        List<FunctionKey> stack = new ArrayList<>(scope.calls());
        stack.add(key);
        return Optional.of(new FunctionCall(function, node, stem + calls + "." + key.name() + ".", stack));
    }

    /** The operator sets of the model with every function inlined. */
    Map<String, Long> agreedOpsets(Map<String, Long> declared) {
        return opsets.of(declared);
    }

    static void checkSize(int inlinedNodes) {
        if (inlinedNodes > MOST_INLINED_NODES) {
            throw SlipwayException.tooLarge(
                    "onnx.unsupported",
                    "With its functions inlined the model has more than " + MOST_INLINED_NODES
                            + " nodes; export it without functions that call functions.");
        }
    }
}
