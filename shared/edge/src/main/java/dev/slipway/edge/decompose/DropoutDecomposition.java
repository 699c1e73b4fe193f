package dev.slipway.edge.decompose;

import dev.slipway.edge.probe.ProbedModel;
import dev.slipway.edge.probe.ValueFacts;
import dev.slipway.onnx.OnnxNode;
import java.util.List;
import java.util.Optional;

/** In inference Dropout hands its input on. */
final class DropoutDecomposition implements Decomposition {
    private static final int TRAINING_MODE = 2;

    @Override
    public boolean applies(OnnxNode node, ProbedModel model) {
        boolean maskWanted = node.outputs().size() > 1 && !node.outputs().get(1).isEmpty();
        Optional<String> training = node.input(TRAINING_MODE);
        boolean inference = training.isEmpty()
                || training.flatMap(model::of)
                        .flatMap(ValueFacts::constant)
                        .filter(flag -> flag.data().get(0) == 0)
                        .isPresent();
        return !maskWanted && inference;
    }

    @Override
    public void decompose(OnnxNode node, ProbedModel model, Parts parts) {
        parts.node(
                node, "Identity", List.of(node.inputs().get(0)), node.outputs().get(0));
    }
}
