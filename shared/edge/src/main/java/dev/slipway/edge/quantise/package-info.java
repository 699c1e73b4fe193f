/** Smaller numbers: weights of 16 and 8 bits, activations of 8 and 16 bits, by TFLite's quantisation specification. */
package dev.slipway.edge.quantise;
