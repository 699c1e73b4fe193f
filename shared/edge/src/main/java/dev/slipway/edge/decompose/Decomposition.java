package dev.slipway.edge.decompose;

import dev.slipway.edge.probe.ProbedModel;
import dev.slipway.onnx.OnnxNode;

/** One operator in terms of others, of the same operator set. */
interface Decomposition {

    /** Whether this use of the operator is rewritten. */
    boolean applies(OnnxNode node, ProbedModel model);

    /** Adds nodes, and constants that they need, which together make the node's outputs. */
    void decompose(OnnxNode node, ProbedModel model, Parts parts);
}
