/** From ONNX's operators to TFLite's: one small class for each, registered by operator type. */
package dev.slipway.edge.lower;
