package dev.slipway.edge.lower.quantised;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.lower.Folding;
import dev.slipway.edge.lower.Operand;
import dev.slipway.edge.probe.Extent;
import dev.slipway.onnx.OnnxTensor;
import java.util.ArrayList;
import java.util.List;

/**
 * One side of a sum of products of integers: whole numbers as FLOAT32, the zero point already subtracted.
 *
 * @param reach the largest magnitude that an element can have
 */
record Factor(EdgeValue value, List<Extent> extents, int reach) {

    static Factor of(Kernels kernels, EdgeValue whole, EdgeValue zeroPoint, List<Extent> extents, QuantisedType type) {
        return new Factor(Folding.subtract(kernels, whole, zeroPoint), extents, type.reach(zeroPoint));
    }

    boolean isConstant() {
        return value.isConstant();
    }

    /** Some places of an axis of fixed length. */
    Factor part(Kernels kernels, int axis, int begin, int size) {
        if (begin == 0 && size == value.shape().get(axis)) {
            return this;
        }
        List<Extent> cut = new ArrayList<>(extents);
        cut.set(axis, new Extent.Fixed(size));
        return new Factor(kernels.slice(value, axis, begin, size), cut, reach);
    }

    Operand operand() {
        return isConstant()
                ? Operand.constant(OnnxTensor.float32(value.name(), value.shape(), value.floats()))
                : Operand.floats(value, extents);
    }

    /**
     * The largest sum of magnitudes over all other axes, for each place of {@code axis}, that any place of {@code kept}
     * has. Only of constants.
     */
    double[] magnitudes(int axis, int kept) {
        float[] elements = value.floats();
        int length = value.shape().get(axis);
        int inner = Shapes.size(value.shape().subList(axis + 1, value.rank()));
        int keptLength = value.shape().get(kept);
        int keptInner = Shapes.size(value.shape().subList(kept + 1, value.rank()));
        double[][] sums = new double[keptLength][length];
        for (int i = 0; i < elements.length; i++) {
            sums[i / keptInner % keptLength][i / inner % length] += Math.abs(elements[i]);
        }
        double[] largest = new double[length];
        for (double[] row : sums) {
            for (int place = 0; place < length; place++) {
                largest[place] = Math.max(largest[place], row[place]);
            }
        }
        return largest;
    }
}
