package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;

/** How transposes pass an operator. */
interface LayoutRule {

    /** Takes the operation over into the new graph, if this rule can; otherwise does nothing and returns false. */
    boolean apply(EdgeOperation operation, Layouts layouts);
}
