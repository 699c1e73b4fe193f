package dev.slipway.edge.lower.control;

import dev.slipway.edge.graph.EdgeGraph;
import dev.slipway.edge.graph.EdgeValue;
import dev.slipway.edge.graph.Kernels;
import dev.slipway.edge.graph.OperationList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A WHILE whose graphs are made by functions: of the values that it carries from step to step and of those around it,
 * which its graphs get as inputs too. Constants need not be passed: the graphs have their own.
 */
final class WhileLoop {
    private final Kernels outside;

    /** Makes values of a body: the kernels add to it; the values are those carried and those around it. */
    @FunctionalInterface
    interface Step {
        List<EdgeValue> next(Kernels kernels, List<EdgeValue> carried, List<EdgeValue> around);
    }

    WhileLoop(Kernels outside) {
        this.outside = outside;
    }

    /** What is carried when {@code condition}, whose only result is a BOOL scalar, no longer holds. */
    List<EdgeValue> run(List<EdgeValue> initial, List<EdgeValue> around, Step condition, Step body) {
        List<List<Integer>> shapes = initial.stream().map(EdgeValue::shape).toList();
        return run(initial, shapes, around, condition, body);
    }

    /** {@code shapes} are those of what is carried, open where a step changes them. */
    List<EdgeValue> run(
            List<EdgeValue> initial, List<List<Integer>> shapes, List<EdgeValue> around, Step condition, Step body) {
        List<EdgeValue> computed =
                around.stream().filter(value -> !value.isConstant()).distinct().toList();
        List<EdgeValue> inputs = new ArrayList<>(initial);
        inputs.addAll(computed);
        EdgeGraph test = graph(initial, shapes, around, computed, condition, false);
        EdgeGraph work = graph(initial, shapes, around, computed, body, true);
        return outside.loop(inputs, test, work).subList(0, initial.size());
    }

    private EdgeGraph graph(
            List<EdgeValue> initial,
            List<List<Integer>> shapes,
            List<EdgeValue> around,
            List<EdgeValue> computed,
            Step step,
            boolean passOn) {
        OperationList operations = new OperationList();
        List<EdgeValue> carried = inside("carried", initial, shapes);
        List<EdgeValue> given = inside(
                "given", computed, computed.stream().map(EdgeValue::shape).toList());
        List<EdgeValue> seen = around.stream()
                .map(value -> value.isConstant() ? value : given.get(computed.indexOf(value)))
                .toList();
        List<EdgeValue> results = new ArrayList<>(step.next(outside.inBody(operations), carried, seen));
        List<EdgeValue> inputs = new ArrayList<>(carried);
        inputs.addAll(given);
        if (passOn) {
            results.addAll(given);
        }
        Map<String, EdgeValue> outputs = new LinkedHashMap<>();
        results.forEach(result -> outputs.put("result" + outputs.size(), result));
        return new EdgeGraph(operations.operations(), inputs, outputs);
    }

    private static List<EdgeValue> inside(String name, List<EdgeValue> values, List<List<Integer>> shapes) {
        return IntStream.range(0, values.size())
                .mapToObj(i -> EdgeValue.computed(name + i, values.get(i).type(), shapes.get(i)))
                .toList();
    }
}
