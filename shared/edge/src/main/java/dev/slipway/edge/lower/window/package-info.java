/** Convolutions, pooling and what else slides over space. */
package dev.slipway.edge.lower.window;
