package dev.slipway.edge.lower.movement;

import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.OperationList;
import dev.slipway.edge.graph.Shapes;
import java.util.List;
import java.util.Optional;

/** Reshapes whose result a constant shape can say. */
final class Reshaping {
    private Reshaping() {}

    /** The value in this shape, unless several of its lengths are open. */
    static Optional<EdgeValue> to(Kernels kernels, EdgeValue value, List<Integer> shape) {
        boolean sayable = Shapes.isFixed(shape) || (OperationList.isReachableByReshape(shape) && !shape.contains(0));
        if (!sayable) {
            return Optional.empty();
        } else if (value.shape().equals(shape)) {
            return Optional.of(value);
        } else if (value.isConstant()) {
            return Optional.of(value.reshaped(shape));
        }
        return Optional.of(kernels.reshapeTo(value, EdgeValue.integers("shape", shape), shape));
    }
}
