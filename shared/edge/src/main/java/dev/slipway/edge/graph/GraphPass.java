package dev.slipway.edge.graph;

/** A rewrite that keeps what the graph computes. */
public interface GraphPass {
    EdgeGraph apply(EdgeGraph graph);
}
