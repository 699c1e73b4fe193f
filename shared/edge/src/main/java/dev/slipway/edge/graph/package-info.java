/** The graph between ONNX and TFLite: TFLite's operators over values that are not yet numbered. */
package dev.slipway.edge.graph;
