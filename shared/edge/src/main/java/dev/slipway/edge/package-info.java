/** Converting ONNX models for phones, and verifying what came out. */
package dev.slipway.edge;
