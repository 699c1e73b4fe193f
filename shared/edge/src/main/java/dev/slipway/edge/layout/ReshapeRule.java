package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Permutation;
import dev.slipway.edge.graph.Shapes;
import dev.slipway.edge.layout.AxisGroups.Group;
import dev.slipway.tflite.BuiltinOperator;
import dev.slipway.tflite.OperatorOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A reshape after a transpose that only moves axes of length 1 needs no transpose. One that splits or merges axes
 * is made before the transpose, which then goes on. One that flattens everything behind the batch is
 * put off, so that a fully connected layer behind it can take the elements in the order they are in.
 */
final class ReshapeRule implements LayoutRule {
    /** The most axes that TRANSPOSE takes. */
    private static final int HIGHEST_RANK = 6;

    @Override
    public boolean apply(EdgeOperation operation, Layouts layouts) {
        View view = layouts.view(operation.input(0));
        EdgeValue old = operation.output();
        if (view.isPlain() || view.isFlattened() || !operation.input(1).isConstant()) {
            return false;
        }
        if (view.order().keepsOrder(view.base().shape())) {
            EdgeValue lengths = operation.input(1);
            layouts.operations().add(operation.with(List.of(view.base(), lengths), operation.outputs()));
            return true;
        }
        if (isFlatten(view, old.shape())) {
            layouts.define(old, new View(view.base(), view.order(), old.shape()));
            return true;
        }
        return isMovedBefore(view, old, layouts);
    }

    private static boolean isFlatten(View view, List<Integer> shape) {
        List<Integer> from = view.shape();
        // Two open lengths are the same axis only if what is left of the elements agrees.
        int behind = Shapes.size(from.subList(1, from.size()));
        return shape.size() == 2
                && shape.get(0).equals(from.get(0))
                && view.order().source(0) == 0
                && behind != -1
                && shape.get(1) == behind;
    }

    /**
     * Puts merged axes side by side, where the innermost of them stands, leaves the others where they are, reshapes
     * there, and puts off what is left of the transpose.
     */
    private static boolean isMovedBefore(View view, EdgeValue old, Layouts layouts) {
        Optional<List<Group>> groups = AxisGroups.of(view.shape(), old.shape());
        if (groups.isEmpty() || old.rank() > HIGHEST_RANK) {
            return false;
        }
        List<Integer> moved = new ArrayList<>();
        List<Integer> inBase = new ArrayList<>();
        for (Group group : AxisGroups.sorted(groups.get(), places(groups.get(), view.order()))) {
            for (int axis = group.from(); axis < group.fromEnd(); axis++) {
                moved.add(view.order().source(axis));
            }
            for (int axis = group.to(); axis < group.toEnd(); axis++) {
                inBase.add(axis);
            }
        }
        EdgeValue base = layouts.transposed(view.base(), new Permutation(moved));
        Permutation toBase = new Permutation(inBase);
        EdgeValue reshaped = old.permuted(toBase);
        List<Integer> shape = reshaped.shape();
        layouts.operations()
                .add(new EdgeOperation(
                        BuiltinOperator.RESHAPE,
                        new OperatorOptions.Reshape(shape),
                        List.of(base, EdgeValue.integers("shape", shape)),
                        List.of(reshaped)));
        layouts.define(old, View.transposed(reshaped, toBase.inverse()));
        return true;
    }

    /** For each group the place of its innermost axis before the transpose; one without axes follows its neighbour. */
    private static List<Integer> places(List<Group> groups, Permutation order) {
        List<Integer> places = new ArrayList<>();
        int place = -1;
        for (Group group : groups) {
            if (group.from() < group.fromEnd()) {
                place = order.axes().subList(group.from(), group.fromEnd()).stream()
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElseThrow();
            }
            places.add(place);
        }
        return places;
    }
}
