/** Recognising what exporters spell out in many ONNX operators and TFLite has, or computes better, as one. */
package dev.slipway.edge.fuse;
