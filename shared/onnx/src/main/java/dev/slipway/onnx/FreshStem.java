package dev.slipway.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashSet;
import java.util.Set;

/** Finds a beginning that no name of a graph has, so that names made of it are new. */
final class FreshStem {
    private FreshStem() {}

    static String of(GraphProto graph) {
        Set<String> names = new HashSet<>();
        collect(graph, names);
        String stem = "inlined";
        while (startsAny(stem, names)) {
            stem += "_";
        }
        return stem;
    }

    private static boolean startsAny(String stem, Set<String> names) {
        return names.stream().anyMatch(name -> name.startsWith(stem));
    }

    private static void collect(GraphProto graph, Set<String> names) {
        graph.getInputList().forEach(value -> names.add(value.getName()));
        graph.getInitializerList().forEach(tensor -> names.add(tensor.getName()));
        graph.getSparseInitializerList()
                .forEach(tensor -> names.add(tensor.getValues().getName()));
        for (NodeProto node : graph.getNodeList()) {
            names.addAll(node.getOutputList());
            for (AttributeProto attribute : node.getAttributeList()) {
                if (attribute.hasG()) {
                    collect(attribute.getG(), names);
                }
                attribute.getGraphsList().forEach(body -> collect(body, names));
            }
        }
    }
}
