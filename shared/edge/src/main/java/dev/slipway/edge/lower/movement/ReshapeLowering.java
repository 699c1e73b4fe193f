package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Length;
import dev.slipway.edge.lower.Lowering;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.onnx.OnnxNode;
import dev.slipway.onnx.OnnxTensor;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reshape: a constant shape where the probe knows all lengths but one, otherwise one computed by the model. */
final class ReshapeLowering implements Lowering {
    @Override
    public void lower(OnnxNode node, LoweringContext context) {
        EdgeValue value = context.held(node, 0);
        List<Integer> shape = context.outputShape(node);
        Kernels kernels = context.kernels(node);
        context.define(node, Reshaping.to(kernels, value, shape).orElseGet(() -> computed(node, context, value)));
    }

    private static EdgeValue computed(OnnxNode node, LoweringContext context, EdgeValue value) {
        Kernels kernels = context.kernels(node);
        List<Integer> shape = context.outputShape(node);
        boolean copiesZeros = node.integer("allowzero").orElse(0L) == 0;
        Optional<long[]> given = node.integers("shape")
                .map(lengths -> lengths.stream().mapToLong(Long::longValue).toArray())
                .or(() -> context.known(node, 1).map(OnnxTensor::longs));
        if (given.isPresent()) {
            return kernels.reshape(value, lengths(given.get(), shape, value, copiesZeros));
        }
        EdgeValue wanted = kernels.cast(context.held(node, 1), TensorType.INT32);
        if (copiesZeros) {
            EdgeValue isZero = kernels.compare(BuiltinOperator.EQUAL, wanted, EdgeValue.scalar(TensorType.INT32, 0));
            wanted = kernels.select(isZero, fitted(kernels, value, shape.size()), wanted);
        }
        return kernels.reshapeTo(value, wanted, shape);
    }

    private static List<Length> lengths(long[] given, List<Integer> shape, EdgeValue value, boolean copiesZeros) {
        List<Length> lengths = new ArrayList<>();
        for (int axis = 0; axis < given.length; axis++) {
            boolean copied = given[axis] == 0 && copiesZeros;
            // -1 stays: RESHAPE infers it as Reshape does.
            lengths.add(copied ? Length.of(value, axis) : Length.fixed(shape.get(axis)));
        }
        return lengths;
    }

    /** The value's lengths as a vector of this size; what it has no axis for is never copied. */
    private static EdgeValue fitted(Kernels kernels, EdgeValue value, int rank) {
        EdgeValue own = kernels.shape(value);
        if (value.rank() > rank) {
            return kernels.slice(own, 0, 0, rank);
        } else if (value.rank() < rank) {
            EdgeValue rest = EdgeValue.integers("rest", Collections.nCopies(rank - value.rank(), 1));
            return kernels.concatenate(List.of(own, rest), 0);
        }
        return own;
    }
}
