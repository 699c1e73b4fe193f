package dev.slipway.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.slipway.kernel.SlipwayException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds one version of each operator set in which a model and its functions mean what they say: a function may be written
 * in another version than the model, but once inlined there is only one.
 */
final class OpsetAgreement {
    private final Map<FunctionKey, FunctionProto> functions;
    private final GraphProto graph;

    OpsetAgreement(ModelProto model, Map<FunctionKey, FunctionProto> functions) {
        this.functions = functions;
        this.graph = model.getGraph();
    }

    /** Fails with {@code onnx.unsupported} if there is no such version. */
    Map<String, Long> of(Map<String, Long> declared) {
        if (functions.isEmpty()) {
            return declared;
        }
        OperatorVersions versions = new OperatorVersions();
        Set<Use> uses = new HashSet<>();
        collect(graph.getNodeList(), declared, uses);
        for (FunctionProto function : functions.values()) {
            collect(function.getNodeList(), ProtoReader.opsets(function.getOpsetImportList()), uses);
        }
        Map<String, Long> agreed = new HashMap<>(declared);
        Set<String> domains = new TreeSet<>();
        uses.forEach(use -> domains.add(use.domain()));
        for (String domain : domains) {
            List<Use> those =
                    uses.stream().filter(use -> use.domain().equals(domain)).toList();
            agreed.put(domain, version(domain, those, declared.get(domain), versions));
        }
        return agreed;
    }

    private static long version(String domain, List<Use> uses, Long declared, OperatorVersions versions) {
        TreeSet<Long> candidates = new TreeSet<>();
        uses.forEach(use -> candidates.add(use.version()));
        if (declared != null && fits(uses, declared, versions)) {
            return declared;
        }
        for (long candidate : candidates.descendingSet()) {
            if (fits(uses, candidate, versions)) {
                return candidate;
            }
        }
        throw SlipwayException.unsupported(
                "onnx.unsupported",
                "The model's functions use versions " + candidates + " of the operators of '"
                        + (domain.isEmpty() ? "ai.onnx" : Names.shown(domain))
                        + "', in which they differ; export the model with one version.");
    }

    private static boolean fits(List<Use> uses, long version, OperatorVersions versions) {
        return uses.stream()
                .allMatch(use -> use.version() == version
                        || (use.domain().isEmpty() && versions.same(use.operator(), use.version(), version)));
    }

    private void collect(List<NodeProto> nodes, Map<String, Long> opsets, Set<Use> uses) {
        for (NodeProto node : nodes) {
            FunctionKey key = FunctionKey.of(node);
            Long version = opsets.get(key.domain());
            if (version != null && !functions.containsKey(key)) {
                uses.add(new Use(key.domain(), key.name(), version));
            }
            for (AttributeProto attribute : node.getAttributeList()) {
                if (attribute.hasG()) {
                    collect(attribute.getG().getNodeList(), opsets, uses);
                }
                attribute.getGraphsList().forEach(body -> collect(body.getNodeList(), opsets, uses));
            }
        }
    }

    private record Use(String domain, String operator, long version) {}
}
