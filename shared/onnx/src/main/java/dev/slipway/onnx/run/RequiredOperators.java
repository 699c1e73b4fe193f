package dev.slipway.onnx.run;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The configuration from which a build of ONNX Runtime for phones takes only the operators that models need: {@code
 * build.sh --include_ops_by_config FILE}.
 */
public final class RequiredOperators {
    private RequiredOperators() {}

    /**
     * The configuration for ORT-format models: a line {@code domain;version;Operator,Operator} for each domain and
     * version, in order. Equal models give equal text. Fails with {@code onnx.malformed}.
     */
    public static String of(Collection<ByteBuffer> models) {
        TreeMap<String, TreeMap<Integer, TreeSet<String>>> operators = new TreeMap<>();
        for (ByteBuffer model : models) {
            for (OrtOperator operator : OrtFormat.operators(model)) {
                operators
                        .computeIfAbsent(operator.domain(), domain -> new TreeMap<>())
                        .computeIfAbsent(operator.since(), version -> new TreeSet<>())
                        .add(operator.operator());
            }
        }
        StringBuilder lines = new StringBuilder("# Operators of ONNX Runtime that these models need.\n");
        operators.forEach((domain, versions) -> versions.forEach((version, names) -> lines.append(domain)
                .append(';')
                .append(version)
                .append(';')
                .append(String.join(",", names))
                .append('\n')));
        return lines.toString();
    }
}
