/** Lifts models of the oldest operator sets to one that runtimes still know. */
package dev.slipway.onnx.upgrade;
