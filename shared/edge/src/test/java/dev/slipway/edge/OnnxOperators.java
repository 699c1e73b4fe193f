package dev.slipway.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The operators that ONNX has, with the operator sets in which each got its present and earlier definitions. */
final class OnnxOperators {
    /** One of them. */
    record Definitions(String domain, String operator, SortedSet<Long> opsets, boolean deprecated) {}

    private static final String OWN_DOMAIN = "ai.onnx";

    private final Map<String, Definitions> byName = new TreeMap<>();

    private OnnxOperators() {}

    /** Reads lines such as {@code ai.onnx Scatter 9,11!}; the mark says that the operator is deprecated from there on. */
    static OnnxOperators load() {
        OnnxOperators operators = new OnnxOperators();
        try (InputStream file = OnnxOperators.class.getResourceAsStream("onnx-operators.txt")) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(OnnxOperators::definitions)
                    .forEach(one -> operators.byName.put(key(one.domain(), one.operator()), one));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return operators;
    }

    private static Definitions definitions(String line) {
        String[] words = line.split(" ", -1);
        SortedSet<Long> opsets = new TreeSet<>();
        for (String opset : words[2].split(",", -1)) {
            opsets.add(Long.parseLong(opset.replace("!", "")));
        }
        String domain = words[0].equals(OWN_DOMAIN) ? "" : words[0];
        return new Definitions(domain, words[1], opsets, words[2].endsWith("!"));
    }

    List<Definitions> all() {
        return List.copyOf(byName.values());
    }

    boolean has(String domain, String operator) {
        return byName.containsKey(key(domain, operator));
    }

    private static String key(String domain, String operator) {
        return domain + "/" + operator;
    }
}
