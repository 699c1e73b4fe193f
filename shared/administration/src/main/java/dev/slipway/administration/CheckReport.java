package dev.slipway.administration;

import dev.slipway.administration.Finding.Problem;
import java.util.List;
import java.util.Map;

/**
 * What a check found.
 *
 * @param checked how many of what were looked at
 * @param found how many problems of each kind; those without any are left out
 * @param repaired how many of them were mended
 * @param findings the first of them, as many as were asked for
 */
public record CheckReport(
        Map<Section, Long> checked, Map<Problem, Long> found, Map<Problem, Long> repaired, List<Finding> findings) {
    public CheckReport {
        checked = Map.copyOf(checked);
        found = Map.copyOf(found);
        repaired = Map.copyOf(repaired);
        findings = List.copyOf(findings);
    }

    /** Whether nothing is wrong any more. */
    public boolean isClean() {
        return found.equals(repaired);
    }
}
