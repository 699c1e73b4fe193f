package dev.slipway.edge.layout;

import dev.slipway.edge.graph.EdgeOperation;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.OperationList;
import dev.slipway.edge.graph.Permutation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The views of all values met so far, and the new graph's operations. */
final class Layouts {
    private final OperationList operations = new OperationList();
    private final Map<EdgeValue, View> views = new HashMap<>();
    private final Map<View, EdgeValue> made = new HashMap<>();

    OperationList operations() {
        return operations;
    }

    View view(EdgeValue old) {
        return views.computeIfAbsent(old, View::of);
    }

    void define(EdgeValue old, View view) {
        views.put(old, view);
    }

    /** The value just as the old graph has it, with whatever transpose and reshape that takes, each made once. */
    EdgeValue materialised(EdgeValue old) {
        View view = view(old);
        EdgeValue value = made.get(view);
        if (value == null) {
            value = operations.reshape(transposed(view.base(), view.order()), view.shape());
            made.put(view, value);
        }
        return value;
    }

    /** The base in another order of axes. */
    EdgeValue transposed(EdgeValue base, Permutation order) {
        View view = View.transposed(base, order);
        EdgeValue value = made.get(view);
        if (value == null) {
            value = operations.transpose(base, order);
            made.put(view, value);
        }
        return value;
    }

    /** Adds the operation on inputs in another order of axes, of whose results {@code order} gives the old ones. */
    void addTransposed(EdgeOperation operation, List<EdgeValue> inputs, Permutation order) {
        Permutation back = order.inverse();
        List<EdgeValue> results = operation.outputs().stream()
                .map(output -> output.permuted(back))
                .toList();
        operations.add(operation.with(inputs, results));
        for (int i = 0; i < results.size(); i++) {
            define(operation.outputs().get(i), View.transposed(results.get(i), order));
        }
    }

    /** Takes the operation over as it is. */
    void keep(EdgeOperation operation) {
        List<EdgeValue> inputs =
                operation.inputs().stream().map(this::materialised).toList();
        operations.add(operation.with(inputs, operation.outputs()));
    }
}
