/** Finds the ONNX model in what MLflow's clients have logged. */
package dev.slipway.registry.onnx;
