package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.lower.LoweringContext;
import dev.slipway.edge.lower.Operand;
import dev.slipway.edge.probe.Extent;
import dev.slipway.onnx.OnnxNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The exact product of matrices of integers, by float products of parts that are short enough. */
final class MatrixProduct {
    private MatrixProduct() {}

    static Accumulator of(OnnxNode node, LoweringContext context, Factor left, Factor right) {
        Kernels kernels = context.kernels(node);
        int leftAxis = left.value().rank() - 1;
        int rightAxis = Math.max(right.value().rank() - 2, 0);
        int length = Math.max(
                left.value().shape().get(leftAxis), right.value().shape().get(rightAxis));
        if (length == -1) {
            throw context.refusal(
                    "open-length", "it sums products of integers over an axis of open length; fix the input's shape");
        }
        double[] magnitudes = new double[length];
        if (right.isConstant() && right.value().rank() == 2) {
            magnitudes = right.magnitudes(0, 1);
            for (int place = 0; place < length; place++) {
                magnitudes[place] *= left.reach();
            }
        } else {
            Arrays.fill(magnitudes, (double) left.reach() * right.reach());
        }
        List<Extent> extents = context.outputFacts(node, 0).extents();
        List<EdgeValue> parts = ExactParts.of(magnitudes).stream()
                .map(part -> context.compose(
                        node,
                        "MatMul",
                        Map.of(),
                        List.of(
                                left.part(kernels, leftAxis, part.begin(), part.size())
                                        .operand(),
                                right.part(kernels, rightAxis, part.begin(), part.size())
                                        .operand()),
                        Operand.floats(extents)))
                .toList();
        return Accumulator.of(kernels, parts);
    }
}
