/** Rewrites that make the model smaller or faster and keep its results. */
package dev.slipway.edge.optimise;
