package dev.slipway.labeling;

import dev.slipway.api.LabelledSample;
import dev.slipway.api.labeling.Project;
import dev.slipway.kernel.SlipwayException;
import java.util.List;
import java.util.Optional;

/** Checks the lines of a file against a project, before any of them is written. Not safe for use by several threads. */
final class ImportCheck {
    private final Labels labels;
    private Optional<List<Integer>> shape;

    /** @param shape of the samples that the project has already; empty when it has none */
    ImportCheck(Project project, Optional<List<Integer>> shape) {
        this.labels = Labels.of(project);
        this.shape = shape;
    }

    /** Fails with {@code labeling.unknown-label} or {@code labeling.shape}. */
    void line(long number, LabelledSample line) {
        String where = "Line " + number + " ('" + line.key() + "')";
        if (line.label() != null) {
            labels.check(where, line.label());
        }
        List<Integer> expected = shape.orElseGet(() -> line.sample().shape());
        shape = Optional.of(expected);
        if (!line.sample().shape().equals(expected)) {
            throw SlipwayException.invalid(
                    "labeling.shape",
                    where + " has a sample of shape " + line.sample().shape() + ", but those before it have " + expected
                            + ". All samples of a project have one shape: bring them to it.");
        }
    }

    /** The shape of all samples; empty when there are none. */
    Optional<List<Integer>> shape() {
        return shape;
    }
}
