package dev.slipway.edge.lower;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.probe.ProbedModel;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.onnx.OnnxValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A body of control flow, of which everything is known that can be known before it is lowered.
 *
 * @param inputs the names of its own inputs that are not constant
 * @param captures the names of what it takes from outside that is not constant
 */
public record Body(LoweringContext outside, ProbedModel probed, List<String> inputs, List<String> captures) {
    public Body {
        inputs = List.copyOf(inputs);
        captures = List.copyOf(captures);
    }

    /** What is known of the outputs; refused if one is no dense tensor. */
    public List<ValueFacts> outputs() {
        return probed.model().graph().outputs().stream()
                .map(OnnxValue::name)
                .map(name -> probed.of(name)
                        .orElseThrow(() -> outside.refusal(
                                "no-tensor", "the output '" + name + "' of its body is no dense tensor")))
                .toList();
    }

    /** The values that the body takes from outside, as they are held there. */
    public List<EdgeValue> captured() {
        return captures.stream().map(this::captured).toList();
    }

    /** One of them. */
    public EdgeValue captured(String name) {
        return outside.held(name);
    }

    /**
     * Adds the body's operations, which may be done several times.
     *
     * @param given the body's inputs, all of them
     * @param taken a value for each of {@link #captures}, held
     * @return the outputs, each in the type that it is computed in
     */
    public List<Operand> lower(Kernels kernels, List<Operand> given, List<EdgeValue> taken) {
        Map<String, EdgeValue> values = new LinkedHashMap<>();
        List<Operand> variable = given.stream()
                .filter(operand -> operand.facts().constant().isEmpty())
                .toList();
        for (int i = 0; i < inputs.size(); i++) {
            values.put(inputs.get(i), variable.get(i).value());
        }
        for (int i = 0; i < captures.size(); i++) {
            values.put(captures.get(i), taken.get(i));
        }
        LoweringContext context = outside.inside(probed, kernels, values);
        List<String> refusals = context.lowerAll();
        if (!refusals.isEmpty()) {
            throw outside.refusal("body", "in its body " + String.join("; ", refusals));
        }
        List<Operand> outputs = new ArrayList<>();
        for (OnnxValue output : probed.model().graph().outputs()) {
            ValueFacts facts = probed.of(output.name()).orElseThrow();
            outputs.add(new Operand(context.computed(output.name()), facts));
        }
        return outputs;
    }
}
