/** Operators on quantised integers. */
package dev.slipway.edge.lower.quantised;
