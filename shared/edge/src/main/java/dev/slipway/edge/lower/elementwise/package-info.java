/** Functions of elements at one place, and reductions. */
package dev.slipway.edge.lower.elementwise;
