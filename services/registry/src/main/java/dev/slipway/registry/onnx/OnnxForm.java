package dev.slipway.registry.onnx;

import dev.slipway.onnx.Dimension;
import dev.slipway.onnx.OnnxModel;
import dev.slipway.onnx.OnnxValue;
import dev.slipway.onnx.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What an ONNX model's declarations tell of its samples and answers. */
final class OnnxForm {
    private static final int MAX_CLASSES = 10_000;

    private OnnxForm() {}

    /** The shape of one sample of a model of one input: without the first axis, which is the batch's. */
    static List<Integer> inputShape(OnnxModel model) {
        List<Integer> shape = lengths(model.graph().requiredInputs());
        return shape.stream().allMatch(length -> length > 0) ? shape : List.of();
    }

    /** Numbers for the scores of a model of one output of shape (batch, scores); none for any other. */
    static List<String> numberedOutputs(OnnxModel model) {
        List<Integer> shape = lengths(model.graph().outputs());
        return shape.size() == 1 && shape.get(0) > 0 && shape.get(0) <= MAX_CLASSES
                ? IntStream.range(0, shape.get(0)).mapToObj(String::valueOf).toList()
                : List.of();
    }

    /** Without the first axis; 0 for an open length. Empty for more than one value, and for one without a shape. */
    private static List<Integer> lengths(List<OnnxValue> values) {
        return values.size() == 1 && values.get(0).type() instanceof ValueType.Dense dense
                ? lengths(dense.shape())
                : List.of();
    }

    private static List<Integer> lengths(Optional<List<Dimension>> shape) {
        return shape.stream()
                .flatMap(axes -> axes.stream().skip(1))
                .map(axis -> axis instanceof Dimension.Fixed fixed && fixed.length() <= Integer.MAX_VALUE
                        ? (int) fixed.length()
                        : 0)
                .toList();
    }
}
