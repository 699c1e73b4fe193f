/** ONNX files: an immutable representation of a model, its reader and writer, and a builder. */
package dev.slipway.onnx;
