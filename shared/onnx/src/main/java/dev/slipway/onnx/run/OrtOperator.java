package dev.slipway.onnx.run;

/**
 * An operator as a node of an ORT-format model uses it.
 *
 * @param domain whose operator it is; {@code ai.onnx} for ONNX's own
 * @param since the version of the domain's operator set that defined the operator as it is used
 */
public record OrtOperator(String domain, String operator, int since) {}
