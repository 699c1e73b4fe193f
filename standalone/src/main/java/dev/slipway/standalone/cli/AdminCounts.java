package dev.slipway.standalone.cli;

import dev.slipway.administration.Section;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How many of what were moved, for people and for scripts. */
final class AdminCounts {
    private AdminCounts() {}

    static String text(Map<Section, Long> counts) {
        return Arrays.stream(Section.values())
                .map(section -> counts.get(section) + " " + section.plural())
                .collect(Collectors.joining(", "));
    }

    static Map<String, Object> json(Map<Section, Long> counts) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Section section : Section.values()) {
            json.put(section.plural().replace(' ', '-'), counts.get(section));
        }
        return json;
    }
}
