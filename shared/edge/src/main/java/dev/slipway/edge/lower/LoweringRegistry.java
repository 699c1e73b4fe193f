package dev.slipway.edge.lower;

import static java.util.stream.Collectors.groupingBy;

import dev.slipway.kernel.SlipwayException;
import dev.slipway.onnx.OnnxNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Which lowering serves which operator, from which operator set on. */
public final class LoweringRegistry {
    private record Operator(String domain, String name) {}

    private final List<OperatorEntry> entries;
    private final Map<Operator, List<OperatorEntry>> byOperator;

    public LoweringRegistry(List<OperatorFamily> families) {
        this.entries = families.stream()
                .flatMap(family -> family.entries().stream())
                .sorted(Comparator.comparing(OperatorEntry::domain)
                        .thenComparing(OperatorEntry::operator)
                        .thenComparing(OperatorEntry::since))
                .toList();
        this.byOperator = entries.stream().collect(groupingBy(entry -> new Operator(entry.domain(), entry.operator())));
    }

    /** What can be converted, by domain, operator and operator set. */
    public List<OperatorEntry> entries() {
        return entries;
    }

    /** Fails with {@code edge.no-lowering} or {@code edge.opset}. */
    OperatorEntry find(OnnxNode node, long opset) {
        List<OperatorEntry> candidates =
                byOperator.getOrDefault(new Operator(node.domain(), node.operator()), List.of());
        if (candidates.isEmpty()) {
            throw SlipwayException.unsupported("edge.no-lowering", "there is no conversion of this operator");
        }
        return candidates.stream()
                .filter(entry -> entry.since() <= opset)
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> SlipwayException.unsupported(
                        "edge.opset",
                        "it is converted from opset " + candidates.get(0).since() + " on; upgrade the model"));
    }
}
