package dev.slipway.edge.quantise;

/**
 * What quantising one operation alone does to its output.
 *
 * @param <O> what an operation is: one of a graph, or a node of an ONNX model
 * @param name of its output
 * @param operator the target's name for it
 * @param error the energy of the errors over that of the output, at least 0
 */
record SensitiveOperation<O>(O operation, String name, String operator, double error) {}
