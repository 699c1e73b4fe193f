package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Col2Im: SCATTER_ND, which adds up what goes to one place. */
final class Col2ImLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        Kernels kernels = context.kernels(node);
        LengthArithmetic arithmetic = new LengthArithmetic(kernels);
        EdgeValue columns = Moved.wide(node, 0, context);
        List<Length> image = numbers(node, context, 1);
        List<Length> block = numbers(node, context, 2);
        List<Length> lengths = LengthArithmetic.of(columns);
        Length size = arithmetic.product(block);
        Length pixels = arithmetic.product(image);
        // Rows of elements that go to one place each, all samples and channels side by side.
        Length channels = new Length.Computed(
                kernels.binary(BuiltinOperator.FLOOR_DIV, kernels.length(lengths.get(1)), kernels.length(size)));
        channels = known(context.outputShape(node).get(1), channels);
        EdgeValue apart = kernels.reshape(columns, List.of(lengths.get(0), channels, size, lengths.get(2)));
        EdgeValue rows = kernels.reshape(
                kernels.transpose(apart, Permutation.of(2, 3, 0, 1)),
                List.of(
                        arithmetic.product(List.of(size, lengths.get(2))),
                        arithmetic.product(List.of(lengths.get(0), channels))));
        EdgeValue places = new ColumnPlaces(
                        kernels,
                        image,
                        block,
                        attribute(node, "dilations", image.size(), 1),
                        attribute(node, "strides", image.size(), 1),
                        attribute(node, "pads", 2 * image.size(), 0))
                .places(lengths.get(2));
        // One row more than there are pixels takes what falls into the padding.
        List<Length> table = List.of(arithmetic.sum(pixels, 1), Length.of(rows, 1));
        EdgeValue summed = kernels.add(
                BuiltinOperator.SCATTER_ND,
                new OperatorOptions.None(),
                List.of(kernels.unsqueeze(places, List.of(1)), rows, kernels.lengths(table)),
                rows.type(),
                Kernels.known(table));
        EdgeValue inside = kernels.add(
                BuiltinOperator.SLICE,
                new OperatorOptions.None(),
                List.of(
                        summed,
                        EdgeValue.integers("begin", List.of(0, 0)),
                        kernels.lengths(List.of(pixels, Length.of(rows, 1)))),
                rows.type(),
                Kernels.known(List.of(pixels, Length.of(rows, 1))));
        List<Length> shape = new ArrayList<>(List.of(lengths.get(0), channels));
        shape.addAll(image);
        Moved.define(node, context, kernels.reshape(kernels.transpose(inside, Permutation.of(1, 0)), shape));
    }

    private static Length known(int length, Length computed) {
        return length == -1 ? computed : Length.fixed(length);
    }

    private static List<Integer> attribute(OnnxNode node, String name, int count, int otherwise) {
        return node.integers(name)
                .map(values -> values.stream().map(Math::toIntExact).toList())
                .orElse(Collections.nCopies(count, otherwise));
    }

    /** The elements of a vector, as lengths. */
    private static List<Length> numbers(OnnxNode node, LoweringContext context, int input) {
        Kernels kernels = context.kernels(node);
        EdgeValue vector = kernels.cast(context.held(node, input), TensorType.INT32);
        if (vector.isConstant()) {
            return vector.integers().stream().map(Length::fixed).toList();
        }
        List<Length> numbers = new ArrayList<>();
        for (int i = 0; i < vector.shape().get(0); i++) {
            numbers.add(new Length.Computed(kernels.gather(vector, EdgeValue.scalar(TensorType.INT32, i), 0)));
        }
        return numbers;
    }
}
