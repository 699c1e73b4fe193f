package dev.slipway.standalone.cli;

import dev.slipway.standalone.mlflow.Counts;
import dev.slipway.standalone.mlflow.Kind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many of what the source has and, unless nothing was to be changed, the target.
 *
 * @param withTarget whether there is a target
 */
record ImportTable(Counts counts, boolean withTarget) {
    String text() {
        String head = String.format(Locale.ROOT, "%-20s %16s", "", "source")
                + (withTarget ? String.format(Locale.ROOT, " %16s", "here") : "");
        return head
                + System.lineSeparator()
                + Arrays.stream(Kind.values()).map(this::row).collect(Collectors.joining(System.lineSeparator()));
    }

    private String row(Kind kind) {
        String row = String.format(Locale.ROOT, "%-20s %,16d", kind.plural(), counts.inSource(kind));
        if (!withTarget) {
            return row;
        }
        boolean same = counts.inSource(kind) == counts.inTarget(kind);
        return row + String.format(Locale.ROOT, " %,16d", counts.inTarget(kind)) + (same ? "" : "  differs");
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            Map<String, Object> sides = new LinkedHashMap<>();
            sides.put("source", counts.inSource(kind));
            if (withTarget) {
                sides.put("target", counts.inTarget(kind));
            }
            json.put(kind.plural().replace(' ', '-'), sides);
        }
        return json;
    }
}
