package dev.slipway.edge.lower;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.OperationList;
import dev.slipway.edge.probe.ProbedModel;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lowers a whole model, or says of every node in the way why it can't be. */
public final class Lowerer {
    private final LoweringRegistry registry;
    private final BodyProbe bodies;

    /** {@code bodies} is asked about the bodies of control flow. */
    public Lowerer(LoweringRegistry registry, BodyProbe bodies) {
        this.registry = registry;
        this.bodies = bodies;
    }

    /** Fails with {@code edge.unsupported-operator}, naming all nodes that can't be lowered. */
    public EdgeGraph lower(ProbedModel probed) {
        LoweringContext context = new LoweringContext(probed, registry, bodies, new OperationList());
        List<EdgeValue> inputs = new ArrayList<>();
        for (OnnxValue input : probed.model().graph().requiredInputs()) {
            ValueFacts facts = probed.of(input.name()).orElseThrow();
            EdgeValue value = EdgeValue.computed(input.name(), ElementTypes.own(facts.type()), facts.shape())
                    .named(input.name());
            context.defineInput(value, ElementTypes.held(facts.type()));
            inputs.add(value);
        }
        List<String> refusals = context.lowerAll();
        if (!refusals.isEmpty()) {
            throw SlipwayException.unsupported(
                    "edge.unsupported-operator",
                    refusals.size() + " part(s) of the model can't be converted: " + String.join("; ", refusals) + ".");
        }
        Map<String, EdgeValue> outputs = outputs(probed, context);
        return OnnxNames.give(new EdgeGraph(context.operations(), inputs, outputs), context.values());
    }

    private static Map<String, EdgeValue> outputs(ProbedModel probed, LoweringContext context) {
        Map<String, EdgeValue> outputs = new LinkedHashMap<>();
        for (OnnxValue output : probed.model().graph().outputs()) {
            String name = output.name();
            ValueFacts facts = probed.of(name)
                    .orElseThrow(() -> SlipwayException.unsupported(
                            "edge.output", "Output '" + name + "' is no dense tensor, which can't be converted."));
            EdgeValue held = facts.constant().map(ElementTypes::constant).orElseGet(() -> context.values()
                    .get(name));
            outputs.put(name, context.cast(name, held, ElementTypes.own(facts.type())));
        }
        return outputs;
    }
}
