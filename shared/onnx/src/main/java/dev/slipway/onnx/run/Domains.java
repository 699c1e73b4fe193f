package dev.slipway.onnx.run;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxGraph;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxNode;
import java.util.Set;

/** Whose operators ONNX Runtime has; of others it tells neither the node nor what could be done. */
final class Domains {
    private static final Set<String> KNOWN = Set.of("", "com.microsoft", "org.pytorch.aten");
    /** ONNX's further domains, and those of ONNX Runtime's own rewriting. */
    private static final Set<String> KNOWN_BEGINNINGS = Set.of("ai.onnx.", "com.microsoft.", "com.ms.");

    private Domains() {}

    /** Fails with {@code onnx.unusable} at the first node of another domain. */
    static void check(OnnxModel model) {
        check(model, model.graph());
    }

    private static void check(OnnxModel model, OnnxGraph graph) {
        for (OnnxNode node : graph.nodes()) {
            String domain = node.domain();
            if (!KNOWN.contains(domain) && KNOWN_BEGINNINGS.stream().noneMatch(domain::startsWith)) {
                throw SlipwayException.invalid(
                        "onnx.unusable",
                        "ONNX Runtime can't load this model: node '" + node.label() + "' (" + domain + "."
                                + node.operator() + ", opset "
                                + model.opsets().getOrDefault(domain, 0L)
                                + ") is of a domain that it has no operators of;"
                                + " export the model with ONNX's own operators, or with the function that this one is.");
            }
            node.bodies().forEach(body -> check(model, body));
        }
    }
}
