/** Finding out about a model by running it: shapes, what they depend on, types and constants. */
package dev.slipway.edge.probe;
