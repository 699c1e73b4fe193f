/** Operators that move elements and make shapes. */
package dev.slipway.edge.lower.movement;
