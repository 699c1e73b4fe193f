package dev.slipway.tflite;

import dev.slipway.kernel.SlipwayException;
import java.util.ArrayList;
import java.util.List;

/** Which subgraphs control flow leads to. The runtime follows it by recursion, so it must come to an end. */
final class SubgraphCalls {
    private static final int DEEPEST = 64;

    private SubgraphCalls() {}

    /** Fails with {@code tflite.malformed} if an operator names no subgraph, or one whose inputs don't fit. */
    static void check(List<TfliteSubgraph> subgraphs) {
        List<List<Integer>> calls = new ArrayList<>();
        for (TfliteSubgraph graph : subgraphs) {
            List<Integer> called = new ArrayList<>();
            for (TfliteOperator operator : graph.operators()) {
                called.addAll(called(subgraphs, operator));
            }
            calls.add(called.stream().distinct().toList());
        }
        checkDepth(calls);
    }

    /** The depth of nesting grows from step to step until it settles; in a circle it never does. */
    private static void checkDepth(List<List<Integer>> calls) {
        int[] depths = new int[calls.size()];
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int caller = 0; caller < depths.length; caller++) {
                for (int body : calls.get(caller)) {
                    if (depths[body] <= depths[caller]) {
                        depths[body] = depths[caller] + 1;
                        changed = true;
                    }
                    if (depths[body] > DEEPEST) {
                        throw malformed(
                                "its control flow leads back to itself or is nested more than " + DEEPEST + " deep");
                    }
                }
            }
        }
    }

    private static List<Integer> called(List<TfliteSubgraph> subgraphs, TfliteOperator operator) {
        OperatorOptions options = operator.options();
        if (options instanceof OperatorOptions.If branches) {
            for (int branch : List.of(branches.then(), branches.otherwise())) {
                TfliteSubgraph body = body(subgraphs, branch);
                checkCount(
                        operator,
                        "inputs",
                        operator.inputs().size() - 1,
                        body.inputs().size());
                checkCount(
                        operator,
                        "outputs",
                        operator.outputs().size(),
                        body.outputs().size());
            }
            return List.of(branches.then(), branches.otherwise());
        } else if (options instanceof OperatorOptions.While loop) {
            TfliteSubgraph condition = body(subgraphs, loop.condition());
            TfliteSubgraph body = body(subgraphs, loop.body());
            int values = operator.inputs().size();
            checkCount(
                    operator,
                    "inputs of the condition",
                    values,
                    condition.inputs().size());
            checkCount(
                    operator, "outputs of the condition", 1, condition.outputs().size());
            checkCount(operator, "inputs", values, body.inputs().size());
            checkCount(operator, "outputs", values, body.outputs().size());
            checkCount(operator, "results", values, operator.outputs().size());
            return List.of(loop.condition(), loop.body());
        } else if (options instanceof OperatorOptions.CallOnce once) {
            TfliteSubgraph body = body(subgraphs, once.subgraph());
            checkCount(operator, "inputs", 0, body.inputs().size());
            checkCount(operator, "outputs", 0, body.outputs().size());
            return List.of(once.subgraph());
        }
        return List.of();
    }

    private static TfliteSubgraph body(List<TfliteSubgraph> subgraphs, int number) {
        if (number < 1 || number >= subgraphs.size()) {
            throw malformed("its control flow leads to subgraph " + number + " of " + subgraphs.size());
        }
        return subgraphs.get(number);
    }

    private static void checkCount(TfliteOperator operator, String what, int wanted, int found) {
        if (wanted != found) {
            throw malformed("its " + operator.operator() + " has " + found + " " + what + " where " + wanted + " fit");
        }
    }

    private static SlipwayException malformed(String why) {
        return SlipwayException.invalid("tflite.malformed", "The TFLite model is malformed: " + why + ".");
    }
}
