package dev.slipway.onnx;

import dev.slipway.kernel.SlipwayException;
import java.util.HashSet;
import java.util.Set;

/** Holds a graph to single assignment and definition before use, in subgraphs with the values of what surrounds them. */
final class GraphNames {
    private static final int LONGEST = 16_384;

    private GraphNames() {}

    static void check(OnnxGraph graph) {
        check(graph, Set.of());
    }

    private static void check(OnnxGraph graph, Set<String> outer) {
        Set<String> made = new HashSet<>();
        graph.inputs().forEach(input -> define(made, input.name(), "an input"));
        Set<String> constants = new HashSet<>();
        for (OnnxTensor initializer : graph.initializers()) {
            define(constants, initializer.name(), "an initializer");
        }
        made.addAll(constants);
        Set<String> known = new HashSet<>(outer);
        known.addAll(made);
        for (OnnxNode node : graph.nodes()) {
            String where = "node '" + node.label() + "' (" + Names.shown(node.operator()) + ")";
            for (String input : node.inputs()) {
                if (!input.isEmpty() && !known.contains(input)) {
                    throw malformed(where + " reads '" + Names.shown(input) + "', which nothing before it makes");
                }
            }
            node.bodies().forEach(body -> check(body, known));
            for (String output : node.outputs()) {
                if (!output.isEmpty()) {
                    define(made, output, where);
                    known.add(output);
                }
            }
        }
        for (OnnxValue output : graph.outputs()) {
            if (!known.contains(output.name())) {
                throw malformed("nothing makes the output '" + Names.shown(output.name()) + "'");
            }
        }
    }

    private static void define(Set<String> made, String name, String where) {
        if (name.isEmpty() || !made.add(name)) {
            throw malformed(where + " is named '" + Names.shown(name) + "', which is empty or taken");
        }
        // Native runtimes take names as C texts, which end at the first zero.
        if (name.length() > LONGEST || name.indexOf(0) >= 0) {
            throw malformed(where + " is named '" + Names.shown(name) + "', which is longer than " + LONGEST
                    + " characters or holds a zero");
        }
    }

    private static SlipwayException malformed(String why) {
        return SlipwayException.invalid("onnx.malformed", "The ONNX graph is malformed: " + why + ".");
    }
}
