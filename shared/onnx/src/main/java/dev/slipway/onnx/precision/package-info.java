/** Models in other precisions that are still ONNX models. */
package dev.slipway.onnx.precision;
