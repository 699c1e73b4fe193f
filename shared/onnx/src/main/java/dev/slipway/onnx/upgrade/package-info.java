/** Lifts models of the oldest operator sets to one that runtimes still know, and says newer operators by kernels that they have. */
package dev.slipway.onnx.upgrade;
