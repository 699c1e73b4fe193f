package dev.slipway.standalone.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a file holds.
 *
 * @param facts by name, such as the format and the operator sets
 * @param operators those used most first
 * @param obstacles why it can't be converted; empty if it can, or if it is no ONNX model
 */
record ModelSummary(
        Map<String, String> facts,
        List<Value> inputs,
        List<Value> outputs,
        List<OperatorUse> operators,
        List<String> obstacles) {

    /** An input or output; the shape has names or -1 where it is open. */
    record Value(String name, String type, String shape) {
        private String toText() {
            return name + ": " + type + " " + shape;
        }
    }

    /**
     * How an operator is used.
     *
     * @param parameters elements of the constants that it alone reads, or reads first
     * @param bytes of these constants
     */
    record OperatorUse(String operator, int count, long parameters, long bytes) {}

    Map<String, Object> toObject() {
        Map<String, Object> object = new LinkedHashMap<>(facts);
        object.put("inputs", inputs.stream().map(ModelSummary::toObject).toList());
        object.put("outputs", outputs.stream().map(ModelSummary::toObject).toList());
        object.put(
                "operators",
                operators.stream()
                        .map(use -> Map.of(
                                "operator",
                                use.operator(),
                                "count",
                                use.count(),
                                "parameters",
                                use.parameters(),
                                "bytes",
                                use.bytes()))
                        .toList());
        object.put("obstacles", obstacles);
        return object;
    }

    private static Map<String, Object> toObject(Value value) {
        return Map.of("name", value.name(), "type", value.type(), "shape", value.shape());
    }

    String toText() {
        List<String> lines = new ArrayList<>();
        facts.forEach((name, fact) -> {
            if (!fact.isEmpty()) {
                lines.add(String.format("%-12s %s", name, fact));
            }
        });
        lines.add("");
        inputs.forEach(value -> lines.add("input        " + value.toText()));
        outputs.forEach(value -> lines.add("output       " + value.toText()));
        lines.add("");
        int width = operators.stream()
                .mapToInt(use -> use.operator().length())
                .max()
                .orElse(0);
        String heading = "%-" + Math.max(width, "operator".length()) + "s %8s %14s %14s";
        lines.add(String.format(heading, "operator", "count", "parameters", "bytes"));
        String row = heading.replace("%8s", "%,8d").replace("%14s", "%,14d");
        operators.forEach(use ->
                lines.add(String.format(Locale.ROOT, row, use.operator(), use.count(), use.parameters(), use.bytes())));
        if (!obstacles.isEmpty()) {
            lines.add("");
            lines.add("Does not convert to TFLite:");
            obstacles.forEach(obstacle -> lines.add("  " + obstacle));
        }
        return String.join(System.lineSeparator(), lines);
    }
}
