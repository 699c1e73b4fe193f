/** Matrix products, normalisation and attention. */
package dev.slipway.edge.lower.algebra;
