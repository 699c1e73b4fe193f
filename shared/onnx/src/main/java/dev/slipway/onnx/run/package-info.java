/** Running ONNX and ORT-format models with ONNX Runtime. */
package dev.slipway.onnx.run;
