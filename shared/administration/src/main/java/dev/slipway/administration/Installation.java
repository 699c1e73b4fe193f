package dev.slipway.administration;

import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.graph.GraphStore;
import dev.slipway.store.metric.MetricStore;

/** The three stores of an installation, of whatever backends; whoever opened them closes them. */
public record Installation(GraphStore graph, MetricStore metrics, ArtifactStore artifacts) {}
