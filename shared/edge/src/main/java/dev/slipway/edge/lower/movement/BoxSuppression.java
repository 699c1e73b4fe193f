package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.List;
import java.util.Optional;

/**
 * Selects boxes of one class of one sample.
 *
 * @param most INT32 scalar, how many boxes at most
 * @param overlap FLOAT32 scalar: boxes that overlap a better one so much, or more, are left out
 * @param threshold FLOAT32 scalar that scores must exceed, if there is one
 */
record BoxSuppression(Kernels kernels, EdgeValue most, EdgeValue overlap, Optional<EdgeValue> threshold) {

    /** The numbers of the boxes selected, INT32, the best first. */
    EdgeValue selected(EdgeValue boxes, EdgeValue scores) {
        EdgeValue candidates = threshold
                .map(least -> above(scores, least))
                .orElseGet(() -> new LengthArithmetic(kernels).range(Length.of(scores, 0)));
        EdgeValue rated = threshold.isPresent() ? kernels.gather(scores, candidates, 0) : scores;
        EdgeValue count = kernels.length(Length.of(rated, 0));
        EdgeValue order = sorted(rated, count);
        EdgeValue best = kernels.gather(candidates, order, 0);
        // Places instead of scores: TFLite leaves open which of equal scores comes first, ONNX has the first box.
        EdgeValue places = kernels.cast(
                kernels.add(
                        BuiltinOperator.RANGE,
                        new OperatorOptions.None(),
                        List.of(count, EdgeValue.scalar(TensorType.INT32, 0), EdgeValue.scalar(TensorType.INT32, -1)),
                        TensorType.INT32,
                        rated.shape()),
                TensorType.FLOAT32);
        return kernels.gather(best, suppressed(kernels.gather(boxes, best, 0), places, count), 0);
    }

    private EdgeValue above(EdgeValue scores, EdgeValue least) {
        EdgeValue places = new Places(kernels).of(kernels.compare(BuiltinOperator.GREATER, scores, least));
        return kernels.cast(kernels.reshape(places, List.of(Length.fixed(-1))), TensorType.INT32);
    }

    private EdgeValue sorted(EdgeValue scores, EdgeValue count) {
        List<EdgeValue> results = kernels.add(
                BuiltinOperator.TOPK_V2,
                new OperatorOptions.None(),
                List.of(scores, count),
                List.of(
                        kernels.result(BuiltinOperator.TOPK_V2, TensorType.FLOAT32, scores.shape()),
                        kernels.result(BuiltinOperator.TOPK_V2, TensorType.INT32, scores.shape())));
        return results.get(1);
    }

    private EdgeValue suppressed(EdgeValue boxes, EdgeValue scores, EdgeValue count) {
        EdgeValue limit = kernels.maximum(kernels.minimum(most, count), EdgeValue.scalar(TensorType.INT32, 0));
        BuiltinOperator operator = BuiltinOperator.NON_MAX_SUPPRESSION_V5;
        // Version 4 can't compute its limit: it writes to an output that it does not have.
        List<EdgeValue> results = kernels.add(
                operator,
                new OperatorOptions.None(),
                List.of(
                        boxes,
                        scores,
                        limit,
                        overlap,
                        EdgeValue.scalar(TensorType.FLOAT32, 0),
                        EdgeValue.scalar(TensorType.FLOAT32, 0)),
                List.of(
                        kernels.result(operator, TensorType.INT32, List.of(-1)),
                        kernels.result(operator, TensorType.FLOAT32, List.of(-1)),
                        kernels.result(operator, TensorType.INT32, List.of())));
        EdgeValue found = kernels.reshape(results.get(2), List.of(Length.fixed(1)));
        return kernels.add(
                BuiltinOperator.SLICE,
                new OperatorOptions.None(),
                List.of(results.get(0), EdgeValue.integers("begin", List.of(0)), found),
                TensorType.INT32,
                List.of(-1));
    }
}
