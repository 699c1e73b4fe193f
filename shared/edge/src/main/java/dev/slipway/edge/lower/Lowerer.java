package dev.slipway.edge.lower;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.probe.ProbedModel;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.kernel.ErrorKind;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.ElementType;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lowers a whole model, or says of every node why it can't be. */
public final class Lowerer {
    private final LoweringRegistry registry;

    public Lowerer(LoweringRegistry registry) {
        this.registry = registry;
    }

    /** Fails with {@code edge.unsupported-operator}, naming all nodes that can't be lowered. */
    public EdgeGraph lower(ProbedModel probed) {
        LoweringContext context = new LoweringContext(probed);
        List<EdgeValue> inputs = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (OnnxValue input : probed.model().graph().requiredInputs()) {
            ValueFacts facts = probed.of(input.name()).orElseThrow();
            if (facts.type() != ElementType.FLOAT32) {
                refused.add("input '" + input.name() + "' is " + facts.type()
                        + ", but only FLOAT32 is supported [edge.type]");
            }
            EdgeValue value = EdgeValue.computed(input.name(), TensorType.FLOAT32, facts.shape());
            context.defineInput(value);
            inputs.add(value);
        }
        for (OnnxNode node : probed.model().graph().nodes()) {
            if (!isFolded(node, probed)) {
                lower(node, probed, context, refused);
            }
        }
        if (!refused.isEmpty()) {
            throw SlipwayException.unsupported(
                    "edge.unsupported-operator",
                    refused.size() + " part(s) of the model can't be converted: " + String.join("; ", refused) + ".");
        }
        return new EdgeGraph(context.operations().operations(), inputs, outputs(probed, context));
    }

    private void lower(OnnxNode node, ProbedModel probed, LoweringContext context, List<String> refused) {
        long opset = probed.model().opsets().getOrDefault(node.domain(), 0L);
        try {
            registry.find(node, opset).lower(node, context);
        } catch (SlipwayException e) {
            if (e.kind() != ErrorKind.UNSUPPORTED) {
                throw e;
            }
            String operator = node.domain().isEmpty() ? node.operator() : node.domain() + "." + node.operator();
            refused.add("node '" + node.label() + "' (" + operator + ", opset " + opset + "): " + e.getMessage() + " ["
                    + e.code() + "]");
        }
    }

    /** Whether the node's results are constants, which whoever uses them takes from the probe. */
    private static boolean isFolded(OnnxNode node, ProbedModel probed) {
        return node.outputs().stream().filter(output -> !output.isEmpty()).allMatch(output -> probed.of(output)
                .flatMap(ValueFacts::constant)
                .isPresent());
    }

    private static Map<String, EdgeValue> outputs(ProbedModel probed, LoweringContext context) {
        Map<String, EdgeValue> outputs = new LinkedHashMap<>();
        for (OnnxValue output : probed.model().graph().outputs()) {
            String name = output.name();
            EdgeValue value = context.defined(name)
                    .or(() -> probed.of(name)
                            .flatMap(ValueFacts::constant)
                            .map(tensor -> EdgeValue.floats(name, tensor.shape(), tensor.floats())))
                    .orElseThrow(() -> SlipwayException.unsupported(
                            "edge.output",
                            "Output '" + name + "' is no dense float32 tensor, which can't be converted."));
            outputs.put(name, value);
        }
        return outputs;
    }
}
