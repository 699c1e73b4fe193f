package dev.slipway.administration;

import dev.slipway.administration.Finding.Problem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what a check finds, and keeps the first of it. */
final class Findings {
    private final int limit;
    private final Map<Section, Long> checked = new EnumMap<>(Section.class);
    private final Map<Problem, Long> found = new EnumMap<>(Problem.class);
    private final Map<Problem, Long> repaired = new EnumMap<>(Problem.class);
    private final List<Finding> first = new ArrayList<>();

    Findings(int limit) {
        this.limit = limit;
    }

    void checked(Section section, long more) {
        checked.merge(section, more, Long::sum);
    }

    long checked(Section section) {
        return checked.getOrDefault(section, 0L);
    }

    void add(Problem problem, String where, String detail, boolean mended) {
        found.merge(problem, 1L, Long::sum);
        if (mended) {
            repaired.merge(problem, 1L, Long::sum);
        }
        if (first.size() < limit) {
            first.add(new Finding(problem, where, detail, mended));
        }
    }

    CheckReport report() {
        return new CheckReport(checked, found, repaired, first);
    }
}
