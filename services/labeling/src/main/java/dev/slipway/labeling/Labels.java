package dev.slipway.labeling;

import dev.slipway.api.labeling.Project;
import dev.slipway.kernel.SlipwayException;
import io.micronaut.core.annotation.Nullable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The labels that a project allows. */
final class Labels {
    private static final int MAX_LABELS = 10_000;
    private static final int MAX_LABEL = 200;
    private static final int SHOWN = 20;

    private final List<String> inOrder;
    private final Set<String> allowed;

    private Labels(Project project) {
        this.inOrder = project.labels();
        this.allowed = Set.copyOf(project.labels());
    }

    static Labels of(Project project) {
        return new Labels(project);
    }

    /** Fails with {@code labeling.unknown-label} unless the label is allowed; {@code where} begins the message. */
    void check(String where, @Nullable String label) {
        if (label == null || !allowed.contains(label)) {
            throw SlipwayException.invalid(
                    "labeling.unknown-label",
                    where + " has the label '" + label + "', which is none of the project's: " + brief(inOrder)
                            + ". Correct it, or make a project with that label.");
        }
    }

    /** Fails with {@code labeling.labels} unless the labels can make up a project. */
    static void checkSet(@Nullable List<String> labels) {
        if (labels == null || labels.size() < 2 || labels.size() > MAX_LABELS) {
            throw SlipwayException.invalid(
                    "labeling.labels",
                    "A project has 2 to " + MAX_LABELS + " labels, not " + (labels == null ? 0 : labels.size()) + ".");
        }
        Set<String> seen = new HashSet<>();
        for (String label : labels) {
            if (label == null || label.isBlank() || label.length() > MAX_LABEL) {
                throw SlipwayException.invalid(
                        "labeling.labels",
                        "A label has 1 to " + MAX_LABEL + " characters and is not blank; '" + label + "' is none.");
            }
            if (!seen.add(label)) {
                throw SlipwayException.invalid(
                        "labeling.labels", "The label '" + label + "' is there twice; each must be different.");
            }
        }
    }

    /** The first of them, for messages. */
    static String brief(List<String> labels) {
        return labels.size() <= SHOWN
                ? labels.toString()
                : labels.subList(0, SHOWN) + " and " + (labels.size() - SHOWN) + " more";
    }
}
